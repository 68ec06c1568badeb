package io.tean.register.regulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To what an entry applies. What is not known of a machine excludes nothing: an entry for some types also applies to a machine without a type.
 *
 * @param categories such as {@code elevator}; none for a limit that is not of a category
 * @param types beginnings of type codes by catalogue ({@code 2014}, {@code old}); empty = all
 * @param exceptTypes beginnings of type codes to which it does not apply, by catalogue
 * @param parameters values by name of a parameter, one of which it must have; empty = any
 * @param cylinderTypes such as {@code LPG}
 * @param media of cylinders, in any of their usual spellings; empty = all
 * @param exceptMedia media to which it does not apply
 */
public record Applies(
        List<String> categories,
        Map<String, List<String>> types,
        Map<String, List<String>> exceptTypes,
        Map<String, List<String>> parameters,
        List<String> cylinderTypes,
        List<String> media,
        List<String> exceptMedia) {

    public Applies {
        categories = List.copyOf(categories);
        types = Map.copyOf(types);
        exceptTypes = Map.copyOf(exceptTypes);
        parameters = Map.copyOf(parameters);
        cylinderTypes = List.copyOf(cylinderTypes);
        media = List.copyOf(media);
        exceptMedia = List.copyOf(exceptMedia);
    }

    /** Whether it applies to every machine of its categories, so that nobody need look at the machine. */
    public boolean toAllOfCategory() {
        return types.isEmpty() && exceptTypes.isEmpty() && parameters.isEmpty();
    }

    /** Whether it applies to a machine of its categories. */
    public boolean to(Optional<String> typeCode, Optional<String> catalogue, Map<String, String> known) {
        if (typeCode.isPresent()) {
            String type = typeCode.get();
            boolean other = catalogue.isPresent() && !types.containsKey(catalogue.get());
            if (!types.isEmpty() && !other && !among(types, type, catalogue)) {
                return false;
            }
            if (among(exceptTypes, type, catalogue)) {
                return false;
            }
        }
        for (var parameter : parameters.entrySet()) {
            String value = known.get(parameter.getKey());
            if (value != null && !parameter.getValue().contains(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it applies to a cylinder. */
    public boolean toCylinder(String type, String medium) {
        return cylinderTypes.contains(type) && (media.isEmpty() || named(media, medium)) && !named(exceptMedia, medium);
    }

    private static boolean named(List<String> media, String medium) {
        String name = medium.strip();
        for (String each : media) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(Map<String, List<String>> beginnings, String type, Optional<String> catalogue) {
        for (var generation : beginnings.entrySet()) {
            if (catalogue.isEmpty() || catalogue.get().equals(generation.getKey())) {
                for (String beginning : generation.getValue()) {
                    if (type.startsWith(beginning)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
