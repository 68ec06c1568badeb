package io.tean.register.maintenance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The named doubts that a visit's evidence can raise. Each is explained with its values; none changes the record. */
public enum EvidenceCheck {
    /** Without a check-in nobody knows how long it took. */
    NO_CHECK_IN {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(visit.checkIn().isEmpty(), "no check-in was sent");
        }
    },
    /** 时长不足. */
    TOO_SHORT {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            if (visit.checkIn().isEmpty()) {
                return Optional.empty();
            }
            Duration took = Duration.between(visit.checkIn().get(), visit.checkOut());
            return when(
                    took.compareTo(limits.shortest()) < 0,
                    took.toMinutes() + " min, at least " + limits.shortest().toMinutes() + " min are asked for");
        }
    },
    /** At least two people on site (Zibo Art. 30(2), Zaozhuang Art. 30(1)). */
    TOO_FEW_WORKERS {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            long workers = visit.workers().stream().distinct().count();
            return when(
                    workers < limits.fewestWorkers(),
                    workers + " on site, at least " + limits.fewestWorkers() + " are asked for");
        }
    },
    /** 无证上岗. */
    UNCERTIFIED_WORKER {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(
                    !visit.uncertified().isEmpty(),
                    "no valid certificate for item T on the day: " + listed(visit.uncertified()));
        }
    },
    /** 非现场. */
    TOO_FAR {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            double metres = visit.metres().orElse(0);
            return when(
                    metres > limits.metres(),
                    String.format(
                            Locale.ROOT,
                            "%,.0f m from the machine, at most %,d m are allowed",
                            metres,
                            limits.metres()));
        }
    },
    /** 分身. */
    WORKER_ELSEWHERE {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(!visit.elsewhere().isEmpty(), "at the same time " + listed(visit.elsewhere()));
        }
    },
    /** Only where the machine has telemetry: who works on it takes it out of service first. */
    NO_INSPECTION_MODE {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(
                    visit.telemetry() && !visit.inspectionMode(),
                    "the machine published, and was never in inspection operation");
        }
    },
    /** 项目不全. */
    ITEMS_MISSING {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(
                    !visit.missingItems().isEmpty(),
                    visit.missingItems().size() + " items of the level are missing: " + listed(visit.missingItems()));
        }
    },
    /** 无合同. */
    NO_CONTRACT {
        @Override
        Optional<String> doubt(Evidence visit, EvidenceLimits limits) {
            return when(!visit.contracted(), "the firm has no contract for the machine on the day");
        }
    };

    private static final int LISTED = 5;

    abstract Optional<String> doubt(Evidence visit, EvidenceLimits limits);

    /** In kebab-case, as it stands in verdicts, meters and addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is doubtful about a visit; empty when nothing is. */
    static Map<EvidenceCheck, String> of(Evidence visit, EvidenceLimits limits) {
        Map<EvidenceCheck, String> doubts = new EnumMap<>(EvidenceCheck.class);
        for (EvidenceCheck check : values()) {
            check.doubt(visit, limits).ifPresent(detail -> doubts.put(check, detail));
        }
        return doubts;
    }

    private static Optional<String> when(boolean doubtful, String detail) {
        return doubtful ? Optional.of(detail) : Optional.empty();
    }

    private static String listed(List<String> words) {
        List<String> first = new ArrayList<>(words.subList(0, Math.min(LISTED, words.size())));
        if (words.size() > LISTED) {
            first.add("and " + (words.size() - LISTED) + " more");
        }
        return String.join(", ", first);
    }
}
