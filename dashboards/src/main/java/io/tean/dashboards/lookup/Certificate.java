package io.tean.dashboards.lookup;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An operator's certificate.
 *
 * @param organisation that employs the holder
 * @param within whether the holder lies in the asker's scope, who may know the name
 */
public record Certificate(
        String number, String holder, Optional<String> organisation, List<Item> items, boolean within) {
    public Certificate {
        items = List.copyOf(items);
    }

    /**
     * What it is valid for.
     *
     * @param validTo the last day
     */
    public record Item(String code, LocalDate from, LocalDate validTo) {
        public boolean isValid(LocalDate today) {
            return !today.isBefore(from) && !today.isAfter(validTo);
        }
    }

    public boolean isValid(LocalDate today) {
        return items.stream().anyMatch(item -> item.isValid(today));
    }

    /** The family name alone, to whom the rest does not concern. */
    public String holderShown() {
        return within ? holder : holder.substring(0, holder.offsetByCodePoints(0, 1)) + "*";
    }
}
