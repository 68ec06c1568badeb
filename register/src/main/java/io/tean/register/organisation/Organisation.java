package io.tean.register.organisation;

import io.tean.core.organisation.CreditCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An organisation as registered.
 *
 * @param name 1 to 200 characters
 * @param divisionCode six digits of GB/T 2260
 */
public record Organisation(CreditCode creditCode, OrganisationKind kind, String name, Optional<String> divisionCode) {
    static final int LONGEST_NAME = 200;

    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");

    public Organisation {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name '" + name + "' must have 1 to 200 characters and none of them zero");
        }
        if (divisionCode.isPresent() && !isDivision(divisionCode.get())) {
            throw new IllegalArgumentException("division code '" + divisionCode.get() + "' is not 6 digits");
        }
    }

    static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.indexOf(0) < 0;
    }

    static boolean isDivision(String text) {
        return DIVISION.matcher(text).matches();
    }
}
