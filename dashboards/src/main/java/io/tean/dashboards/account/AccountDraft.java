package io.tean.dashboards.account;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account as somebody typed it in: nothing of it is believed yet.
 *
 * @param organisation unified social credit code; blank for none
 * @param division GB/T 2260; blank for none
 */
public record AccountDraft(String name, String displayName, String role, String organisation, String division) {
    static final String NAME = "name";
    static final String DISPLAY_NAME = "display-name";
    static final String ROLE = "role";
    static final String ORGANISATION = "organisation";
    static final String DIVISION = "division";

    private static final Pattern NAME_FORM = Pattern.compile("[a-z][a-z0-9._-]{1,39}");
    private static final Pattern DIVISION_FORM = Pattern.compile("[0-9]{6}");
    private static final int LONGEST_DISPLAY_NAME = 60;

    public AccountDraft {
        name = name.strip();
        displayName = displayName.strip();
        role = role.strip();
        organisation = organisation.strip();
        division = division.strip();
    }

    static AccountDraft of(Account account) {
        return new AccountDraft(
                account.name(),
                account.displayName(),
                account.role().word(),
                account.organisation().map(Account.Organisation::creditCode).orElse(""),
                account.division().orElse(""));
    }

    Optional<Role> knownRole() {
        return Role.of(role);
    }

    /** What is wrong with it by itself, by field; whether name and organisation exist is for the database to say. */
    Map<String, Word> problems() {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (!NAME_FORM.matcher(name).matches()) {
            problems.put(NAME, Word.WRONG_ACCOUNT_NAME);
        }
        if (displayName.isEmpty()
                || displayName.length() > LONGEST_DISPLAY_NAME
                || displayName.codePoints().anyMatch(Character::isISOControl)) {
            problems.put(DISPLAY_NAME, Word.WRONG_DISPLAY_NAME);
        }
        Optional<Role> known = knownRole();
        if (known.isEmpty()) {
            problems.put(ROLE, Word.WRONG_ROLE);
            return problems;
        }
        if (organisation.isEmpty() && known.get().needsOrganisation()) {
            problems.put(ORGANISATION, Word.WRONG_ORGANISATION_MISSING);
        } else if (!organisation.isEmpty() && !known.get().mayHaveOrganisation()) {
            problems.put(ORGANISATION, Word.WRONG_ORGANISATION_ROLE);
        }
        if (!division.isEmpty() && !DIVISION_FORM.matcher(division).matches()) {
            problems.put(DIVISION, Word.WRONG_DIVISION);
        } else if (!division.isEmpty() && (!known.get().mayHaveDivision() || !organisation.isEmpty())) {
            problems.put(DIVISION, Word.WRONG_DIVISION_ROLE);
        }
        return problems;
    }

    /** The kinds of organisation that its role may belong to, as in the table. */
    List<String> organisationKinds() {
        return switch (knownRole().orElse(Role.READ_ONLY)) {
            case FIRM -> List.of("MAINTENANCE_FIRM");
            case STATION -> List.of("FILLING_STATION", "RESCUE_STATION");
            case USE_UNIT -> List.of("USE_UNIT");
            case DISPATCHER, INSPECTOR, ADMINISTRATOR, READ_ONLY ->
                List.of("MAINTENANCE_FIRM", "FILLING_STATION", "RESCUE_STATION", "USE_UNIT", "INSPECTION_BODY");
        };
    }
}
