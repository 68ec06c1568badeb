package io.tean.core.inspection;

import java.util.EnumSet;
import java.util.Set;

/**
 * The steps of a submission for inspection (报检), and which may follow which. Submitted and accepted are two moments, with a payment between
 * them.
 */
public enum SubmissionStep {
    /** 报检. */
    SUBMITTED,
    /** 不予受理: the end. */
    REFUSED,
    /** 退回: to be submitted once more. */
    RETURNED,
    /** 受理. */
    ACCEPTED,
    /** 约检: a day is agreed. */
    APPOINTED,
    /** 现场检验. */
    INSPECTED,
    /** 检验报告. */
    REPORT_ISSUED,
    /** 整改: after a failed inspection. */
    CORRECTION,
    /** 复检. */
    REINSPECTION;

    /** Pure: what may come after this step. */
    public Set<SubmissionStep> next() {
        return switch (this) {
            case SUBMITTED -> EnumSet.of(ACCEPTED, REFUSED, RETURNED);
            case RETURNED -> EnumSet.of(SUBMITTED);
            case ACCEPTED -> EnumSet.of(APPOINTED, RETURNED);
            // A day may be agreed anew.
            case APPOINTED -> EnumSet.of(APPOINTED, INSPECTED, RETURNED);
            case INSPECTED, REINSPECTION -> EnumSet.of(REPORT_ISSUED);
            // Whether the report was a pass decides it as well.
            case REPORT_ISSUED -> EnumSet.of(CORRECTION, REINSPECTION);
            case CORRECTION -> EnumSet.of(REINSPECTION);
            case REFUSED -> EnumSet.noneOf(SubmissionStep.class);
        };
    }
}
