package io.tean.dashboards;

import io.tean.core.alert.AlertDecisions;
import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.MachineDuties;
import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.intake.FileIntake;
import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.notice.NoticeDecisions;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.core.rescue.RescueDecisions;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** For tests in which nothing is decided. */
public record NoDecisions() implements DeadLetterDecisions, EquipmentDecisions, MachineDuties, FileIntake {
    /** All ports, of which only this one does something. */
    public static Dashboards.Decisions but(DeadLetterDecisions letters) {
        return all(
                letters,
                new RecordedMaintenance(),
                new NotedInspections(),
                new RecordedAlerts(),
                new RecordedRescue(),
                new RecordedNotices());
    }

    public static Dashboards.Decisions but(MaintenanceDecisions maintenance) {
        return all(
                new NoDecisions(),
                maintenance,
                new NotedInspections(),
                new RecordedAlerts(),
                new RecordedRescue(),
                new RecordedNotices());
    }

    public static Dashboards.Decisions but(InspectionDecisions inspections) {
        return all(
                new NoDecisions(),
                new RecordedMaintenance(),
                inspections,
                new RecordedAlerts(),
                new RecordedRescue(),
                new RecordedNotices());
    }

    public static Dashboards.Decisions but(AlertDecisions alerts) {
        return all(
                new NoDecisions(),
                new RecordedMaintenance(),
                new NotedInspections(),
                alerts,
                new RecordedRescue(),
                new RecordedNotices());
    }

    public static Dashboards.Decisions but(RescueDecisions rescue) {
        return all(
                new NoDecisions(),
                new RecordedMaintenance(),
                new NotedInspections(),
                new RecordedAlerts(),
                rescue,
                new RecordedNotices());
    }

    public static Dashboards.Decisions but(NoticeDecisions notices) {
        return all(
                new NoDecisions(),
                new RecordedMaintenance(),
                new NotedInspections(),
                new RecordedAlerts(),
                new RecordedRescue(),
                notices);
    }

    private static Dashboards.Decisions all(
            DeadLetterDecisions letters,
            MaintenanceDecisions maintenance,
            InspectionDecisions inspections,
            AlertDecisions alerts,
            RescueDecisions rescue,
            NoticeDecisions notices) {
        NoDecisions none = new NoDecisions();
        return new Dashboards.Decisions(letters, none, none, none, maintenance, inspections, alerts, rescue, notices);
    }

    @Override
    public boolean replay(long deadLetterId, Actor actor) {
        return false;
    }

    @Override
    public boolean discard(long deadLetterId, Actor actor) {
        return false;
    }

    @Override
    public Outcome change(String equipmentCode, Map<String, String> cells, String reason, Actor actor) {
        return new Outcome.Unchanged();
    }

    @Override
    public List<Part> of(String equipmentCode, LocalDate day) {
        return List.of();
    }

    @Override
    public List<FileIntake.Kind> kinds() {
        return List.of(new FileIntake.Kind("equipment", List.of("code", "category", "name")));
    }

    @Override
    public long start(String kind, Path file, String fileName, Mode mode, Actor actor) {
        throw new IllegalStateException("no file is taken in here");
    }

    @Override
    public void writeCorrections(long importId, OutputStream out) {}

    @Override
    public void writeTemplate(String kind, OutputStream out) {}
}
