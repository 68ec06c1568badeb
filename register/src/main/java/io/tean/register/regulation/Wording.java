package io.tean.register.regulation;

import io.tean.core.regulation.RegulationTexts;
import io.tean.core.stream.Label;
import io.tean.register.sheet.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an entry of the book says, in words: for pages and for docs/regulations.md. */
public final class Wording {
    private static final String ALL_ZH = "全部";

    private Wording() {}

    static RegulationTexts.Entry entry(Regulation regulation) {
        return new RegulationTexts.Entry(
                regulation.code(),
                regulation.title(),
                regulation.asks().word(),
                says(regulation),
                appliesTo(regulation.applies()),
                new RegulationTexts.Origin(
                        regulation.clause(),
                        regulation.source(),
                        regulation.mark(),
                        regulation.version(),
                        regulation.effectiveFrom(),
                        regulation.effectiveTo()));
    }

    /** What falls due, or the limit. */
    public static Label says(Regulation regulation) {
        Label rule = switch (regulation.rule()) {
            case Rule.Grid grid -> grid(grid);
            case Rule.Months months -> months(months);
            case Rule.Days days -> days(days);
            case Rule.Limit limit ->
                new Label(
                        limit.amount() + " " + zh(limit.unit()),
                        limit.amount() + " " + limit.unit().word());
        };
        if (regulation.fulfilledBy().isEmpty()) {
            return rule;
        }
        return new Label(
                rule.zh() + "；由"
                        + regulation.fulfilledBy().stream()
                                .map(Terms.INSPECTION_KIND::term)
                                .collect(Collectors.joining("、"))
                        + "满足",
                rule.en() + "; by "
                        + regulation.fulfilledBy().stream().map(Wording::plain).collect(Collectors.joining(", ")));
    }

    private static Label grid(Rule.Grid grid) {
        String years = numbers(grid.years());
        return new Label(
                "第 " + years + " 年"
                        + (grid.thenEvery() == 0 ? "" : "，之后每 " + grid.thenEvery() + " 年")
                        + "，当月末前，最多提前 " + grid.earlyMonths() + " 个月"
                        + (grid.outOfUseMonths() == 0 ? "" : "；停用满 " + grid.outOfUseMonths() + " 个月的，恢复使用时"),
                "years " + years
                        + (grid.thenEvery() == 0 ? "" : ", then every " + grid.thenEvery())
                        + ", at the end of the month, up to " + grid.earlyMonths() + " months early"
                        + (grid.outOfUseMonths() == 0
                                ? ""
                                : "; on return after " + grid.outOfUseMonths() + " months out of use"));
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Label months(Rule.Months cycle) {
        StringBuilder zh = new StringBuilder("每 " + cycle.months() + " 个月");
        StringBuilder en = new StringBuilder("every " + cycle.months() + " months");
        if (cycle.firstMonths() != cycle.months()) {
            zh.append("，首次 ").append(cycle.firstMonths()).append(" 个月后");
            en.append(", first after ").append(cycle.firstMonths());
        }
        new TreeMap<>(cycle.bySafetyGrade()).forEach((grade, each) -> {
            zh.append("，安全状况等级 ").append(grade).append("：").append(each);
            en.append(", grade ").append(grade).append(": ").append(each);
        });
        if (cycle.toTheMonth()) {
            zh.append("，至当月末");
            en.append(", to the end of the month");
        }
        return new Label(zh.toString(), en.toString());
    }

    private static Label days(Rule.Days days) {
        return new Label(
                days.days() + " 日内" + (days.replacedByPlan() ? "，或按经批准的方案" : ""),
                "within " + days.days() + " days" + (days.replacedByPlan() ? ", or as an approved plan says" : ""));
    }

    private static String zh(Rule.Unit unit) {
        return switch (unit) {
            case MONTHS -> "个月";
            case DAYS -> "日";
            case WORKING_DAYS -> "个工作日";
            case HOURS -> "小时";
            case MINUTES -> "分钟";
            case METRES -> "米";
            case PERSONS -> "人";
            case YEARS -> "年";
        };
    }

    /** To what it applies; codes as the register has them. */
    public static Label appliesTo(Applies to) {
        List<String> zh = new ArrayList<>();
        to.categories().forEach(category -> zh.add(Terms.CATEGORY.term(category)));
        to.cylinderTypes().forEach(type -> zh.add(Terms.CYLINDER_TYPE.term(type)));
        List<String> en = new ArrayList<>();
        to.categories().forEach(category -> en.add(plain(category)));
        to.cylinderTypes().forEach(type -> en.add(plain(type)));
        types("类型", to.types(), zh);
        types("types", to.types(), en);
        types("不含类型", to.exceptTypes(), zh);
        types("not types", to.exceptTypes(), en);
        types("参数", to.parameters(), zh);
        types("with", to.parameters(), en);
        if (!to.media().isEmpty()) {
            zh.add("介质 " + String.join(" ", to.media()));
            en.add("media " + String.join(" ", to.media()));
        }
        if (!to.exceptMedia().isEmpty()) {
            zh.add("其他介质");
            en.add("all other media");
        }
        return new Label(zh.isEmpty() ? ALL_ZH : String.join("，", zh), en.isEmpty() ? "all" : String.join(", ", en));
    }

    /** {@code PERIODIC_INSPECTION} as "periodic inspection"; what is written in capitals as a word stays. */
    private static String plain(String code) {
        return code.equals("LPG")
                ? code
                : code.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    private static void types(String word, Map<String, List<String>> values, List<String> parts) {
        new TreeMap<>(values).forEach((name, each) -> parts.add(word + " " + name + ": " + String.join(" ", each)));
    }
}
