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
    public static final String NAME = "name";
    public static final String DISPLAY_NAME = "display-name";
    public static final String ROLE = "role";
    public static final String ORGANISATION = "organisation";
    public static final String DIVISION = "division";

    private static final Pattern NAME_FORM = Pattern.compile("[a-z][a-z0-9._-]{1,39}");
    /** What would be an address of ours. */
    private static final String RESERVED = "new";

    private static final Pattern ORGANISATION_FORM = Pattern.compile("[0-9A-Z]{18}");
    private static final Pattern DIVISION_FORM = Pattern.compile("[0-9]{6}");
    private static final int LONGEST_DISPLAY_NAME = 60;

    public AccountDraft {
        name = name.strip();
        displayName = displayName.strip();
        role = role.strip();
        organisation = organisation.strip();
        division = division.strip();
    }

    /** Whether an account could have this name; what cannot be one need not be asked for. */
    static boolean isName(String text) {
        return NAME_FORM.matcher(text).matches();
    }

    static AccountDraft of(Account account) {
        return new AccountDraft(
                account.name(),
                account.displayName(),
                account.role().word(),
                account.organisation().map(Account.Organisation::creditCode).orElse(""),
                account.division().orElse(""));
    }

    /** Its role, when there is such a one. */
    public Optional<Role> knownRole() {
        return Role.of(role);
    }

    /** What is wrong with it by itself, by field; whether name and organisation exist is for the database to say. */
    Map<String, Word> problems() {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (!isName(name)) {
            problems.put(NAME, Word.WRONG_ACCOUNT_NAME);
        } else if (name.equals(RESERVED)) {
            problems.put(NAME, Word.WRONG_ACCOUNT_RESERVED);
        }
        if (displayName.isEmpty()
                || displayName.length() > LONGEST_DISPLAY_NAME
                || displayName.codePoints().anyMatch(AccountDraft::isNoCharacter)) {
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
        } else if (!organisation.isEmpty()
                && !ORGANISATION_FORM.matcher(organisation).matches()) {
            problems.put(ORGANISATION, Word.WRONG_ORGANISATION_UNKNOWN);
        }
        if (!division.isEmpty() && !DIVISION_FORM.matcher(division).matches()) {
            problems.put(DIVISION, Word.WRONG_DIVISION);
        } else if (!division.isEmpty() && (!known.get().mayHaveDivision() || !organisation.isEmpty())) {
            problems.put(DIVISION, Word.WRONG_DIVISION_ROLE);
        }
        return problems;
    }

    /** Of control characters, and of half a surrogate pair. */
    static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
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
