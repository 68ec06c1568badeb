package io.tean.register.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a file of any kind. */
class EverySheetIT {
    static final String FIRM = CreditCode.beginning("91371300MA0000001").text();
    static final String UNIT = CreditCode.beginning("91371300MA0000002").text();
    static final String BODY = CreditCode.beginning("91371300MA0000003").text();
    static final String STATION = CreditCode.beginning("91371300MA0000004").text();
    static final String LIFT = "31103713002020120001";
    static final String BOILER = "11103713002020120002";

    /** A file of each kind, the later ones about what the earlier ones registered. */
    static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put(
                "organisations",
                "统一社会信用代码,单位类型,单位名称,行政区划代码,联系人,联系电话,纬度,经度,值守时间\n" + FIRM
                        + ",维保单位,宏达电梯,371302,李伟,+86 539 1234567,35.05,118.35,08:00-24:00\n" + UNIT
                        + ",USE_UNIT,\"大酒店, 北城\",371302,,,,,\n" + BODY + ",检验机构,特检院,,,,,,\n" + STATION
                        + ",FILLING_STATION,气站,,,,,,\n");
        FILES.put(
                "equipment",
                "code,category,name,type_code,catalogue,use_registration_no,rescue_code,division_code,site_address,latitude,"
                        + "longitude,crowded_place,place_kind,use_unit,inspection_body,factory_no,made_on,in_use_since,supervised_on,state,"
                        + "state_since,rated_load_kg,rated_speed_mps,floors,safety_grade,责任保险承保单位,policy_no,insured_until\n"
                        + LIFT
                        + ",电梯,1号梯,3110,2014,梯11鲁Q00001(20),371001,371302,=北城路 1 号,35.05,118.35,是,住宅," + UNIT + ","
                        + BODY
                        + ",F-1,20200105,2020/3/1,2020-02-20,停用,2026-01-05,1000.50,1.75,18,,沂蒙财险,P-1,2027-05-31\n"
                        + BOILER
                        + ",boiler,锅炉,,,,,,,,,,,,,,,,,,,,,,3,,,\nB-1,充装机,充装机,,,,,,,,,,,,,,,,,,,,,,,,,\n");
        FILES.put(
                "contracts",
                "合同编号,设备代码,维保单位,使用单位,起始日期,终止日期\nHT-1," + LIFT + "," + FIRM + "," + UNIT
                        + ",2026-01-01,2026-12-31\nHT-1," + BOILER + "," + FIRM + ",,2026-01-01,\n");
        FILES.put(
                "operators",
                "证书编号,姓名,单位,项目代号,发证日期,有效期至,联系电话\nT-1,王芳," + FIRM + ",T,2024-01-01,2027-12-31,\nT-1,王芳," + FIRM
                        + ",A,2024-01-01,2027-12-31,\n");
        FILES.put(
                "cylinders",
                "code,type,medium,volume_litre,tare_kg,rated_fill_kg,made_on,last_inspected_on,scrap_on,station,ownership,state\n"
                        + "PT-1,液化石油气瓶,LPG,35.5,16.500,14.9,2020-01-01,2024-01-01,," + STATION
                        + ",,\nPT-2,LPG,LPG,35.5,,,,,,,托管,报废\n");
        FILES.put("states", "设备代码,设备状态,起始日期,原因\n" + LIFT + ",停用,2021-05-01,装修\n" + LIFT + ",在用,2021-06-01,\n");
        FILES.put("plans", "设备代码,维保间隔天数,批准文号,起始日期,终止日期\n" + LIFT + ",60,临市监〔2026〕1号,2026-01-01,2026-12-31\n");
        FILES.put(
                "suspensions",
                "设备代码,行政区划代码,起始日期,终止日期,原因\n" + LIFT + ",,2026-07-01,2026-07-10,洪水\n,371302,2026-07-01,2026-07-10,洪水\n");
        FILES.put(
                "inspections",
                "报告编号,设备代码,检验类型,检验日期,检验结论,检验机构,安全状况等级,检验有效期至\nR-1," + LIFT + ",定期检验,2025-03-01,合格," + BODY
                        + ",,2026-03-31\nR-1," + BOILER + ",INTERNAL,2025-03-01,复检不合格,,3,\n");
        FILES.put(
                "visits",
                "visit_no,equipment_code,firm,level,kind,workers,check_in_at,check_out_at,scanned,latitude,longitude,photo_count,"
                        + "photos_sha256,items,failed_items,use_unit_confirmed_at,note\nV-1," + LIFT + "," + FIRM
                        + ",半月维保,FIXED_CYCLE,T-1；T-2,2026-11-01 08:00,2026-11-01T09:00:30+08:00,1,35.05,118.35,4,ab;cd,A-1-1;A-1-2,A-1-1,"
                        + "2026-11-01 10:00,-好\nV-1," + BOILER + ",,YEAR,,T-1,,2026-11-02 09:00,,,,,,,,,\n");
        FILES.put(
                "submissions",
                "报检编号,设备代码,检验机构,检验类型,报检日期,受理日期,约检日期,检验日期,报告日期,检验结论,报告编号,不予受理日期,退回日期,原因\nBJ-1,"
                        + LIFT + "," + BODY
                        + ",定期检验,2026-03-01,2026-03-02,2026-03-10,2026-03-10,2026-03-12,合格,R-2,,,\nBJ-2," + BOILER
                        + ",,INTERNAL,2026-03-01,,,,,,,2026-03-02,,资料不全\n");
    }

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final List<String> TAKEN = new ArrayList<>();
    private static final Intake INTAKE = new Intake(DATABASE, (transaction, kind, importId) -> {
        if (kind.equals("visits")) {
            try (var statement = transaction.createStatement();
                    var row = statement.executeQuery(
                            "SELECT visit_no FROM taken_record JOIN maintenance_record USING (record_id)")) {
                while (row.next()) {
                    TAKEN.add(row.getString(1));
                }
            }
        }
    });

    @TempDir
    Path folder;

    @BeforeAll
    static void take_in() throws IOException {
        for (var file : FILES.entrySet()) {
            INTAKE.good(file.getKey(), file.getValue());
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static String file(String kind) {
        return FILES.getOrDefault(kind, "");
    }

    static List<String> kinds() {
        return Sheets.all().stream().map(Sheet::name).toList();
    }

    @Test
    void there_is_a_file_of_every_kind() {
        assertThat(FILES.keySet()).containsExactlyElementsOf(kinds());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_same_file_again_changes_nothing(String kind) throws IOException {
        long before = DATABASE.number("SELECT count(*) FROM audit_entry");
        Imported done = INTAKE.good(kind, file(kind));
        assertThat(Intake.counts(done)).startsWith(0L, 0L).endsWith(0L);
        assertThat(done.unchanged()).isEqualTo(file(kind).lines().count() - 1);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isEqualTo(before);
    }

    static List<Arguments> exports() {
        return kinds().stream()
                .flatMap(kind -> List.of(Arguments.of(kind, "csv"), Arguments.of(kind, "xlsx")).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("exports")
    void what_was_exported_changes_nothing_when_it_is_imported(String kind, String ending) throws IOException {
        Path file = INTAKE.export(kind, folder.resolve("all." + ending));
        Imported done = INTAKE.load(kind, file, ImportMode.ALL_OR_NOTHING);
        assertThat(INTAKE.problems(done)).isEmpty();
        assertThat(Intake.counts(done)).startsWith(0L, 0L).endsWith(0L);
        assertThat(done.unchanged()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "inspections, 'say why in correction_reason, and the row supersedes it'",
        "visits, supersede it on its page",
        "submissions, a file can add steps and change none; go on at its page"
    })
    void a_ledger_keeps_its_records_and_has_one_audit_entry_for_a_file(String kind, String otherwise)
            throws IOException {
        String other = file(kind)
                .replace("2025-03-01", "2025-03-02")
                .replace("半月维保", "季度维保")
                .replace("2026-03-02,2026-03-10", "2026-03-03,2026-03-10");
        Imported done = INTAKE.load(kind, other);
        assertThat(INTAKE.problems(done)).contains("is in the ledger already with other content (", "); " + otherwise);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry WHERE action = '" + kind + ".import'"))
                .isOne();
    }

    @Test
    void the_history_of_states_has_all_that_was_told() {
        assertThat(DATABASE.text("""
                SELECT string_agg(concat_ws(' ', h.state, from_on, until_on), ', ' ORDER BY from_on)
                FROM equipment_state h JOIN equipment USING (equipment_id) WHERE code = '%s'
                """.formatted(LIFT)))
                .isEqualTo(
                        "IN_USE 2020-03-01 2021-05-01, SUSPENDED 2021-05-01 2021-06-01, IN_USE 2021-06-01 2026-01-05,"
                                + " SUSPENDED 2026-01-05 infinity");
    }

    @Test
    void new_visits_are_shown_to_whoever_judges_them() {
        assertThat(TAKEN).containsExactly("V-1", "V-1");
        assertThat(DATABASE.number("SELECT count(*) FROM visit_confirmation")).isOne();
    }

    @Test
    void a_submission_has_its_steps_and_the_inspection_that_came_of_it() {
        assertThat(DATABASE.text("SELECT string_agg(step, ' ' ORDER BY step_id) FROM submission_step"))
                .isEqualTo("SUBMITTED ACCEPTED APPOINTED INSPECTED REPORT_ISSUED SUBMITTED REFUSED");
        assertThat(DATABASE.text("SELECT string_agg(state, ' ' ORDER BY submission_id) FROM submission"))
                .isEqualTo("REPORT_ISSUED REFUSED");
        assertThat(DATABASE.text("SELECT report_no FROM inspection WHERE submission_id IS NOT NULL"))
                .isEqualTo("R-2");
    }

    @Test
    void a_cylinder_is_due_by_the_book() {
        assertThat(DATABASE.text("SELECT inspection_due_on || ' ' || due_rule FROM cylinder WHERE code = 'PT-1'"))
                .isEqualTo("2028-01-01 every-4-years");
    }
}
