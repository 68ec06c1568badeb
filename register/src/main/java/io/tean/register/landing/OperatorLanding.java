package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** People and their certificates: one person, a row for each item and each period. */
final class OperatorLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.OPERATORS;
    }

    @Override
    public String registered() {
        return """
                SELECT p.operator_id AS id, p.certificate_no, p.name, o.credit_code AS organisation, c.item,
                    c.from_on AS valid_from, c.until_on - 1 AS valid_to, p.telephone
                FROM operator p JOIN operator_certificate c USING (operator_id)
                LEFT JOIN organisation o USING (organisation_id)
                """;
    }

    @Override
    public String match() {
        return "r.certificate_no = s.certificate_no AND r.item = s.item AND r.valid_from = s.valid_from";
    }

    @Override
    public List<Check> checks() {
        return List.of(new Check(
                "name",
                "EXISTS (SELECT 1 FROM intake_name m WHERE m.certificate_no = n.certificate_no AND m.name <> n.name)",
                "'is another name than an earlier row has for the same certificate'"));
    }

    @Override
    public List<String> preparations() {
        return List.of("""
                CREATE TEMPORARY TABLE intake_name ON COMMIT DROP AS
                SELECT DISTINCT ON (certificate_no) certificate_no, name FROM intake_ready
                WHERE name IS NOT NULL ORDER BY certificate_no, row_no
                """);
    }

    @Override
    public Optional<String> locked() {
        return Optional.of("operator");
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(new Audited("operator", "n.certificate_no", "n.organisation_id"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                INSERT INTO operator (certificate_no, name, organisation_id, telephone)
                SELECT DISTINCT ON (certificate_no) certificate_no, name, organisation_id, telephone
                FROM intake_ready n WHERE n.registered_id IS NULL OR n.differs ORDER BY certificate_no, row_no DESC
                ON CONFLICT (certificate_no) DO UPDATE SET name = excluded.name,
                    organisation_id = CASE WHEN %s THEN excluded.organisation_id ELSE operator.organisation_id END,
                    telephone = CASE WHEN %s THEN excluded.telephone ELSE operator.telephone END
                """.formatted(taking.has("organisation"), taking.has("telephone")));
        taking.run("""
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT p.operator_id, n.item, n.valid_from, n.valid_to + 1
                FROM intake_ready n JOIN operator p USING (certificate_no) WHERE n.registered_id IS NULL OR n.differs
                ON CONFLICT (operator_id, item, from_on) DO UPDATE SET until_on = excluded.until_on
                """);
    }
}
