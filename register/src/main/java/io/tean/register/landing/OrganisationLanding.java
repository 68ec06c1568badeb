package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

final class OrganisationLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.ORGANISATIONS;
    }

    @Override
    public String registered() {
        return """
                SELECT organisation_id AS id, credit_code, kind, name, division_code, contact, telephone, latitude, longitude,
                    duty_hours
                FROM organisation
                """;
    }

    @Override
    public String match() {
        return "r.credit_code = s.credit_code";
    }

    /** Accounts of the organisation's people have a role by its kind: it does not change under them. */
    @Override
    public List<Check> checks() {
        return List.of(new Check(
                "kind",
                "n.registered_id IS NOT NULL AND n.kind <> n.was_kind",
                "'is not the kind that it is registered with, ' || n.was_kind || ', which does not change'"));
    }

    @Override
    public Optional<String> locked() {
        return Optional.of("organisation");
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(new Audited(
                "organisation",
                "n.credit_code",
                "(SELECT o.organisation_id FROM organisation o WHERE o.credit_code = n.credit_code)"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                UPDATE organisation o SET name = n.name, division_code = n.division_code, contact = n.contact,
                    telephone = n.telephone, latitude = n.latitude, longitude = n.longitude, duty_hours = n.duty_hours
                FROM intake_ready n WHERE o.organisation_id = n.registered_id AND n.differs
                """);
        taking.run("""
                INSERT INTO organisation
                    (credit_code, kind, name, division_code, contact, telephone, latitude, longitude, duty_hours)
                SELECT credit_code, kind, name, division_code, contact, telephone, latitude, longitude, duty_hours
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """);
    }
}
