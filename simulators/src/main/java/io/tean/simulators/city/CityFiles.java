package io.tean.simulators.city;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** The files of a city, open for writing. */
record CityFiles(
        Sheet organisations,
        Sheet equipment,
        Sheet states,
        Sheet contracts,
        Sheet operators,
        Sheet cylinders,
        Sheet plans,
        Sheet suspensions,
        Sheet inspections,
        Sheet visits,
        Sheet submissions,
        Truth truth)
        implements Closeable {

    static CityFiles in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new CityFiles(
                Sheet.in(
                        folder,
                        "organisations.csv",
                        "credit_code,kind,name,division_code,contact,telephone,latitude,longitude,duty_hours"),
                Sheet.in(
                        folder,
                        "equipment.csv",
                        "code,category,name,type_code,catalogue,use_registration_no,rescue_code,division_code,"
                                + "site_address,latitude,longitude,crowded_place,place_kind,use_unit,inspection_body,factory_no,made_on,"
                                + "in_use_since,supervised_on,rated_load_kg,rated_speed_mps,floors,rated_pressure_mpa,"
                                + "rated_steam_tph,rated_heat_mw,water_volume_litre,max_safe_level_mm,min_safe_level_mm,"
                                + "safety_grade,design_life_years,insurer,policy_no,insured_until"),
                Sheet.in(folder, "states.csv", "equipment_code,state,since,reason"),
                Sheet.in(folder, "contracts.csv", "contract_no,equipment_code,firm,use_unit,valid_from,valid_to"),
                Sheet.in(
                        folder, "operators.csv", "certificate_no,name,organisation,item,valid_from,valid_to,telephone"),
                Sheet.in(
                        folder,
                        "cylinders.csv",
                        "code,type,medium,volume_litre,tare_kg,rated_fill_kg,made_on,last_inspected_on,scrap_on,"
                                + "station,ownership,state"),
                Sheet.in(folder, "plans.csv", "equipment_code,interval_days,approval_no,valid_from,valid_to"),
                Sheet.in(folder, "suspensions.csv", "equipment_code,division_code,valid_from,valid_to,reason"),
                Sheet.in(
                        folder,
                        "inspections.csv",
                        "report_no,equipment_code,kind,inspected_on,conclusion,body,safety_grade"),
                Sheet.in(
                        folder,
                        "visits.csv",
                        "visit_no,equipment_code,firm,level,kind,workers,check_in_at,check_out_at,scanned,latitude,"
                                + "longitude,photo_count,photos_sha256,items,failed_items,use_unit_confirmed_at"),
                Sheet.in(
                        folder,
                        "submissions.csv",
                        "submission_no,equipment_code,body,kind,submitted_on,accepted_on,agreed_on,inspected_on,"
                                + "reported_on,conclusion,report_no,refused_on,returned_on,reason"),
                new Truth(folder.resolve("truth.jsonl")));
    }

    /** A machine in use that is no longer, since a day. */
    void state(String code, LocalDate inUseSince, Fate fate, LocalDate since) {
        states.row(code, "IN_USE", inUseSince, "投入使用");
        String state = fate.isOutOfUse() ? fate.name() : Fate.SUSPENDED.name();
        states.row(code, state, since, state.equals("SUSPENDED") ? "使用单位申请停用" : "不再使用");
        if (fate.isOutOfUse()) {
            truth.tell(fate.word(), "equipment_code", code, "since", since);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable file : List.of(
                organisations,
                equipment,
                states,
                contracts,
                operators,
                cylinders,
                plans,
                suspensions,
                inspections,
                visits,
                submissions,
                truth)) {
            file.close();
        }
    }
}
