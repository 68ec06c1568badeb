package io.tean.core.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where streams are declared beside those that Tean brings along. */
public interface StreamSettings {
    @Setting("Folders with further stream declarations (YAML), separated by commas.")
    Optional<List<Path>> folders();
}
