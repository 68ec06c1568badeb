package io.tean.register.sheet;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of a column that has few, each by its code or by its Chinese term. */
public final class Terms {
    public static final Terms CATEGORY = of(
            "elevator", "电梯",
            "boiler", "锅炉",
            "pressure-vessel", "压力容器",
            "mobile-pressure-vessel", "移动式压力容器",
            "crane", "起重机械",
            "forklift", "叉车",
            "tourist-vehicle", "非公路用旅游观光车辆",
            "amusement-ride", "大型游乐设施",
            "pressure-piping", "压力管道",
            "passenger-ropeway", "客运索道",
            "filling-machine", "充装机");
    static final Terms CATALOGUE = of("2014", "2014", "old", "旧目录");
    static final Terms ORGANISATION_KIND = of(
            "USE_UNIT", "使用单位",
            "MAINTENANCE_FIRM", "维保单位",
            "FILLING_STATION", "充装单位",
            "INSPECTION_BODY", "检验机构",
            "RESCUE_STATION", "救援站点");
    static final Terms STATE = of("IN_USE", "在用", "SUSPENDED", "停用", "SCRAPPED", "报废", "DEREGISTERED", "注销");
    static final Terms PLACE_KIND = of(
            "RESIDENTIAL", "住宅",
            "OFFICE", "写字楼",
            "SHOP", "商场",
            "HOTEL", "宾馆酒店",
            "HOSPITAL", "医院",
            "SCHOOL", "学校",
            "TRANSPORT", "交通场站",
            "FACTORY", "厂房",
            "OTHER", "其他");
    public static final Terms CYLINDER_TYPE = of(
            "SEAMLESS", "无缝气瓶",
            "WELDED", "焊接气瓶",
            "LPG", "液化石油气瓶",
            "DISSOLVED_ACETYLENE", "溶解乙炔气瓶",
            "VEHICLE_FUEL", "车用气瓶",
            "WELDED_INSULATED", "焊接绝热气瓶");
    static final Terms OWNERSHIP = of("OWN", "自有", "ENTRUSTED", "托管");
    public static final Terms INSPECTION_KIND = of(
            "SUPERVISION_INSPECTION", "监督检验",
            "PERIODIC_INSPECTION", "定期检验",
            "FIRST_INSPECTION", "首次检验",
            "EXTERNAL", "外部检验",
            "INTERNAL", "内部检验",
            "HYDROSTATIC_TEST", "水压试验",
            "YEARLY_CHECK", "年度检查",
            "SELF_TESTING", "自行检测");
    static final Terms CONCLUSION =
            of("PASS", "合格", "FAIL", "不合格", "PASS_ON_REINSPECTION", "复检合格", "FAIL_ON_REINSPECTION", "复检不合格");
    static final Terms LEVEL = of(
            "HALF_MONTH", "半月维保",
            "QUARTER", "季度维保",
            "HALF_YEAR", "半年维保",
            "YEAR", "年度维保",
            "CALL_OUT_REPAIR", "急修");
    static final Terms VISIT_KIND = of("FIXED_CYCLE", "固定周期", "ON_DEMAND", "按需维保");

    private final Map<String, String> terms;
    private final Map<String, String> codes = new LinkedHashMap<>();

    private Terms(Map<String, String> terms) {
        this.terms = terms;
        terms.forEach((code, term) -> {
            codes.put(code.toLowerCase(Locale.ROOT), code);
            codes.put(term, code);
        });
    }

    private static Terms of(String... codesAndTerms) {
        Map<String, String> terms = new LinkedHashMap<>();
        for (int i = 0; i < codesAndTerms.length; i += 2) {
            terms.put(codesAndTerms[i], codesAndTerms[i + 1]);
        }
        return new Terms(terms);
    }

    Optional<String> code(String text) {
        return Optional.ofNullable(codes.get(text.toLowerCase(Locale.ROOT)));
    }

    /** The Chinese term of a code; the code itself where it has none. */
    public String term(String code) {
        return terms.getOrDefault(code, code);
    }

    String words() {
        return terms.entrySet().stream()
                .map(term ->
                        term.getKey().equals(term.getValue()) ? term.getKey() : term.getKey() + " " + term.getValue())
                .collect(Collectors.joining(", "));
    }

    String whyNot() {
        return "is none of " + String.join(", ", terms.keySet());
    }
}
