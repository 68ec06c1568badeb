package io.tean.register.sheet;

import static io.tean.register.sheet.Heading.filled;
import static io.tean.register.sheet.Heading.maybe;
import static io.tean.register.sheet.Heading.needed;

import java.util.List;

/** The kinds of files, in the order in which one needs the other. */
public final class Sheets {
    private static final CellType NAME = CellType.name(200);
    private static final CellType TEXT = CellType.text(200);
    private static final CellType NUMBER = CellType.name(60);
    private static final CellType DAY = CellType.day();
    private static final CellType PAST = CellType.pastDay();
    private static final CellType ORGANISATION = CellType.organisation();
    private static final CellType EQUIPMENT = CellType.equipment();
    private static final CellType STATE = CellType.oneOf(Terms.STATE);

    public static final Sheet ORGANISATIONS = new Sheet(
            "organisations",
            "Organisations",
            "单位",
            List.of("credit_code"),
            List.of(
                    needed("credit_code", "统一社会信用代码", CellType.creditCode()),
                    needed("kind", "单位类型", CellType.oneOf(Terms.ORGANISATION_KIND)),
                    needed("name", "单位名称", NAME),
                    maybe("division_code", "行政区划代码", CellType.division()),
                    maybe("contact", "联系人", CellType.name(60)),
                    maybe("telephone", "联系电话", CellType.text(40)),
                    maybe("latitude", "纬度", CellType.latitude()),
                    maybe("longitude", "经度", CellType.longitude()),
                    maybe(
                            "duty_hours",
                            "值守时间",
                            CellType.pattern(
                                    "([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)",
                                    "hours such as 08:00-20:00"))),
            List.of(RowCheck.bothCoordinates()));

    public static final Sheet EQUIPMENT_LIST = new Sheet(
            "equipment",
            "Equipment",
            "设备",
            List.of("code"),
            List.of(
                    needed("code", "设备代码", CellType.equipmentCode()),
                    needed("category", "设备种类", CellType.oneOf(Terms.CATEGORY)),
                    needed("name", "设备名称", NAME),
                    maybe("type_code", "设备类别代码", CellType.pattern("[0-9]{4}", "4 digits")),
                    maybe("catalogue", "目录版本", CellType.oneOf(Terms.CATALOGUE)),
                    maybe("use_registration_no", "使用登记证编号", NUMBER),
                    maybe("rescue_code", "救援识别码", CellType.pattern("[0-9]{5,7}", "5 to 7 digits")),
                    maybe("division_code", "行政区划代码", CellType.division()),
                    maybe("site_address", "使用地点", TEXT),
                    maybe("latitude", "纬度", CellType.latitude()),
                    maybe("longitude", "经度", CellType.longitude()),
                    filled("crowded_place", "人员密集场所", CellType.flag(), "false"),
                    maybe("place_kind", "场所类型", CellType.oneOf(Terms.PLACE_KIND)),
                    maybe("use_unit", "使用单位", ORGANISATION),
                    maybe("inspection_body", "检验机构", ORGANISATION),
                    maybe("factory_no", "出厂编号", TEXT),
                    maybe("made_on", "制造日期", PAST),
                    maybe("in_use_since", "投用日期", PAST),
                    maybe("supervised_on", "监督检验日期", PAST),
                    filled("state", "设备状态", STATE, "IN_USE"),
                    maybe("state_since", "状态日期", PAST),
                    maybe("rated_load_kg", "额定载重量", CellType.number(10_000_000, "kg")),
                    maybe("rated_speed_mps", "额定速度", CellType.number(50, "m/s")),
                    maybe("floors", "层数", CellType.whole(1, 300)),
                    maybe("rated_pressure_mpa", "额定工作压力", CellType.number(1000, "MPa")),
                    maybe("rated_steam_tph", "额定蒸发量", CellType.number(10_000, "t/h")),
                    maybe("rated_heat_mw", "额定热功率", CellType.number(10_000, "MW")),
                    maybe("water_volume_litre", "水容积", CellType.number(100_000_000, "L")),
                    maybe("max_safe_level_mm", "最高安全水位", CellType.whole(-5000, 5000)),
                    maybe("min_safe_level_mm", "最低安全水位", CellType.whole(-5000, 5000)),
                    maybe("safety_grade", "安全状况等级", CellType.whole(1, 5)),
                    maybe("design_life_years", "设计使用年限", CellType.whole(1, 200)),
                    maybe("insurer", "责任保险承保单位", CellType.name(100)),
                    maybe("policy_no", "责任保险单号", NUMBER),
                    maybe("insured_until", "责任保险终止日期", DAY)),
            List.of(
                    RowCheck.statutoryCode(),
                    RowCheck.bothCoordinates(),
                    RowCheck.ordered("made_on", "in_use_since"),
                    RowCheck.ordered("made_on", "supervised_on"),
                    RowCheck.ordered("made_on", "state_since")));

    public static final Sheet CONTRACTS = new Sheet(
            "contracts",
            "Maintenance contracts",
            "维保合同",
            List.of("contract_no", "equipment_code"),
            List.of(
                    needed("contract_no", "合同编号", NUMBER),
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    needed("firm", "维保单位", ORGANISATION),
                    maybe("use_unit", "使用单位", ORGANISATION),
                    needed("valid_from", "起始日期", DAY),
                    maybe("valid_to", "终止日期", DAY)),
            List.of(RowCheck.ordered("valid_from", "valid_to")));

    public static final Sheet OPERATORS = new Sheet(
            "operators",
            "Operators and their certificates",
            "作业人员证",
            List.of("certificate_no", "item", "valid_from"),
            List.of(
                    needed("certificate_no", "证书编号", NUMBER),
                    needed("name", "姓名", CellType.name(60)),
                    maybe("organisation", "单位", ORGANISATION),
                    needed("item", "项目代号", CellType.name(20)),
                    needed("valid_from", "发证日期", DAY),
                    needed("valid_to", "有效期至", DAY),
                    maybe("telephone", "联系电话", CellType.text(40))),
            List.of(RowCheck.ordered("valid_from", "valid_to")));

    public static final Sheet CYLINDERS = new Sheet(
            "cylinders",
            "Gas cylinders",
            "气瓶",
            List.of("code"),
            List.of(
                    needed(
                            "code",
                            "气瓶编码",
                            CellType.pattern("[0-9A-Za-z][0-9A-Za-z./_-]{2,63}", "3 to 64 letters, digits or . / _ -")),
                    needed("type", "气瓶类型", CellType.oneOf(Terms.CYLINDER_TYPE)),
                    needed("medium", "充装介质", CellType.name(60)),
                    needed("volume_litre", "容积", CellType.number(99_999, "L")),
                    maybe("tare_kg", "皮重", CellType.number(99_999, "kg")),
                    maybe("rated_fill_kg", "额定充装量", CellType.number(99_999, "kg")),
                    maybe("made_on", "制造日期", PAST),
                    maybe("last_inspected_on", "上次检验日期", PAST),
                    maybe("scrap_on", "报废日期", DAY),
                    maybe("station", "产权单位", ORGANISATION),
                    filled("ownership", "产权性质", CellType.oneOf(Terms.OWNERSHIP), "OWN"),
                    filled("state", "气瓶状态", STATE, "IN_USE")),
            List.of(
                    RowCheck.ordered("made_on", "last_inspected_on"),
                    RowCheck.ordered("made_on", "scrap_on"),
                    RowCheck.positive("volume_litre")));

    public static final Sheet STATES = new Sheet(
            "states",
            "States of machines",
            "设备状态变更",
            List.of("equipment_code", "since"),
            List.of(
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    needed("state", "设备状态", STATE),
                    needed("since", "起始日期", PAST),
                    maybe("reason", "原因", TEXT)),
            List.of());

    public static final Sheet PLANS = new Sheet(
            "plans",
            "On-demand maintenance plans",
            "按需维保计划",
            List.of("equipment_code", "valid_from"),
            List.of(
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    needed("interval_days", "维保间隔天数", CellType.whole(1, 366)),
                    needed("approval_no", "批准文号", NUMBER),
                    needed("valid_from", "起始日期", DAY),
                    needed("valid_to", "终止日期", DAY)),
            List.of(RowCheck.ordered("valid_from", "valid_to")));

    public static final Sheet SUSPENSIONS = new Sheet(
            "suspensions",
            "Suspensions of overdue maintenance",
            "超期暂停期间",
            List.of("equipment_code", "division_code", "valid_from", "valid_to", "reason"),
            List.of(
                    maybe("equipment_code", "设备代码", EQUIPMENT),
                    maybe("division_code", "行政区划代码", CellType.division()),
                    needed("valid_from", "起始日期", DAY),
                    needed("valid_to", "终止日期", DAY),
                    needed("reason", "原因", TEXT)),
            List.of(
                    RowCheck.exactlyOne("equipment_code", "division_code"),
                    RowCheck.ordered("valid_from", "valid_to")));

    public static final Sheet INSPECTIONS = new Sheet(
            "inspections",
            "Inspections",
            "检验记录",
            List.of("equipment_code", "report_no"),
            List.of(
                    needed("report_no", "报告编号", NUMBER),
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    needed("kind", "检验类型", CellType.oneOf(Terms.INSPECTION_KIND)),
                    needed("inspected_on", "检验日期", PAST),
                    needed("conclusion", "检验结论", CellType.oneOf(Terms.CONCLUSION)),
                    maybe("body", "检验机构", ORGANISATION),
                    maybe("safety_grade", "安全状况等级", CellType.whole(1, 5)),
                    maybe("valid_until", "检验有效期至", DAY),
                    maybe("correction_reason", "更正原因", CellType.text(1000))),
            List.of(RowCheck.ordered("inspected_on", "valid_until")));

    public static final Sheet VISITS = new Sheet(
            "visits",
            "Maintenance visits",
            "维保记录",
            List.of("equipment_code", "firm", "visit_no"),
            List.of(
                    needed("visit_no", "维保单号", NUMBER),
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    maybe("firm", "维保单位", ORGANISATION),
                    needed("level", "维保类别", CellType.oneOf(Terms.LEVEL)),
                    maybe("kind", "维保方式", CellType.oneOf(Terms.VISIT_KIND)),
                    needed("workers", "维保人员证书编号", CellType.list("certificate numbers")),
                    maybe("check_in_at", "签到时间", CellType.pastMoment()),
                    needed("check_out_at", "签退时间", CellType.pastMoment()),
                    maybe("scanned", "已扫码", CellType.flag()),
                    maybe("latitude", "纬度", CellType.latitude()),
                    maybe("longitude", "经度", CellType.longitude()),
                    maybe("photo_count", "照片数", CellType.whole(0, 1000)),
                    maybe("photos_sha256", "照片校验值", CellType.list("SHA-256 of the photos")),
                    maybe("items", "维保项目", CellType.list("item codes")),
                    maybe("failed_items", "不符合项目", CellType.list("item codes")),
                    maybe("use_unit_confirmed_at", "使用单位确认时间", CellType.pastMoment()),
                    maybe("note", "备注", CellType.text(1000))),
            List.of(RowCheck.bothCoordinates(), RowCheck.ordered("check_in_at", "check_out_at")));

    public static final Sheet SUBMISSIONS = new Sheet(
            "submissions",
            "Submissions for inspection",
            "报检",
            List.of("submission_no"),
            List.of(
                    needed("submission_no", "报检编号", NUMBER),
                    needed("equipment_code", "设备代码", EQUIPMENT),
                    maybe("body", "检验机构", ORGANISATION),
                    needed("kind", "检验类型", CellType.oneOf(Terms.INSPECTION_KIND)),
                    needed("submitted_on", "报检日期", PAST),
                    maybe("accepted_on", "受理日期", PAST),
                    maybe("agreed_on", "约检日期", DAY),
                    maybe("inspected_on", "检验日期", PAST),
                    maybe("reported_on", "报告日期", PAST),
                    maybe("conclusion", "检验结论", CellType.oneOf(Terms.CONCLUSION)),
                    maybe("report_no", "报告编号", NUMBER),
                    maybe("refused_on", "不予受理日期", PAST),
                    maybe("returned_on", "退回日期", PAST),
                    maybe("reason", "原因", TEXT)),
            List.of(
                    RowCheck.ordered("submitted_on", "accepted_on"),
                    RowCheck.ordered("submitted_on", "agreed_on"),
                    RowCheck.ordered("submitted_on", "inspected_on"),
                    RowCheck.ordered("accepted_on", "inspected_on"),
                    RowCheck.ordered("inspected_on", "reported_on"),
                    RowCheck.ordered("submitted_on", "reported_on"),
                    RowCheck.ordered("submitted_on", "refused_on"),
                    RowCheck.ordered("submitted_on", "returned_on"),
                    RowCheck.notBoth("refused_on", "returned_on"),
                    RowCheck.notBoth("refused_on", "reported_on"),
                    RowCheck.notBoth("returned_on", "reported_on"),
                    RowCheck.needs("reported_on", "conclusion")));

    private Sheets() {}

    public static List<Sheet> all() {
        return List.of(
                ORGANISATIONS,
                EQUIPMENT_LIST,
                CONTRACTS,
                OPERATORS,
                CYLINDERS,
                STATES,
                PLANS,
                SUSPENSIONS,
                INSPECTIONS,
                VISITS,
                SUBMISSIONS);
    }
}
