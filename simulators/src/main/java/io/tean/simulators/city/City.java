package io.tean.simulators.city;

import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetFiles;
import io.tean.simulators.fleet.FleetOrganisations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes up a city and writes it down. Machines and people fit into memory; visits, inspections and cylinders are never held. */
public final class City {
    private static final String FLOODED = "371325";

    private City() {}

    /** @throws IllegalArgumentException when the plan names a fleet that is none */
    public static void write(CityPlan plan, Path folder) throws IOException {
        Optional<Fleet> fleet = Optional.empty();
        if (plan.fleet().isPresent()) {
            fleet = Optional.of(FleetFiles.read(plan.fleet().get()));
            if (folder.toAbsolutePath()
                    .normalize()
                    .equals(plan.fleet().get().toAbsolutePath().normalize())) {
                throw new IllegalArgumentException("the city would overwrite the lists of the fleet in " + folder
                        + ": give it a folder of its own");
            }
        }
        try (CityFiles files = CityFiles.in(folder)) {
            write(plan, fleet, files);
        }
    }

    private static void write(CityPlan plan, Optional<Fleet> fleet, CityFiles files) {
        var organisations = new CityOrganisations(plan, fleet.isPresent());
        organisations.write(files.organisations());
        var founder = new LiftFounder(plan, organisations);
        fleet.ifPresent(founder::takeIn);
        founder.makeUp();

        var people = new People(plan.seed(), plan.day(), files.operators(), files.truth());
        people.crews(founder.crews());
        if (fleet.isPresent()) {
            people.fleetWorkers(FleetOrganisations.all().stream()
                    .filter(known -> known.kind().equals("MAINTENANCE_FIRM"))
                    .map(FleetOrganisations.Organisation::creditCode)
                    .toList());
        }
        List<CityOrganisations.Organisation> stations = organisations.of("FILLING_STATION");
        List<CityOrganisations.Organisation> useUnits = organisations.of("USE_UNIT");
        people.staff(stations, 6 * stations.size(), "P");
        people.staff(useUnits, plan.count(CityPart.BOILERS), "G1");
        people.staff(useUnits, (plan.count(CityPart.FORKLIFTS) + 1) / 2, "N1");
        people.staff(useUnits, useUnits.size(), "A");

        var inspections = new Inspections(plan.day(), files.inspections(), files.submissions(), files.truth());
        new LiftFiles(plan, files, inspections).write(founder.lifts(), founder.crews());
        new OtherMachines(plan, organisations, files, inspections).write(fleet);
        new CylinderStock(plan, files.cylinders(), files.truth()).write(stations);
        // Long over: it concerns nobody's due date of the day.
        files.suspensions()
                .row("", FLOODED, plan.day().minusDays(200), plan.day().minusDays(190), "汛期道路中断");
    }
}
