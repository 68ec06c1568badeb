package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How readings and duties become alerts. */
public interface AlertingSettings {
    @Setting(
            "Folders with further alert rules (YAML), separated by commas; a rule there replaces the one of the same name that Tean brings along.")
    Optional<List<Path>> rules();

    @Setting(
            "Folders with limits of rescue by division (YAML), separated by commas: how long a unit may take to answer and to arrive. They count before those that Tean brings along.")
    Optional<List<Path>> rescue();

    @Setting(
            "Address that emergencies are sent to by POST (JSON) when they cannot be stored within 5 seconds; none sends to the open pages only.")
    Optional<URI> directUrl();

    @Range(least = 1_000, most = 10_000_000)
    @Setting(
            "Machines whose standing is remembered between two readings, about 1 KB each; others are read from the database.")
    @WithDefault("200000")
    int machines();

    @Setting(
            "Folders with further routes of notices (YAML), separated by commas; a route there replaces the one of the same name that Tean brings along.")
    Optional<List<Path>> routes();

    @Setting(
            "File with the site's channels (YAML): webhooks, robots, mail, SMS, voice; none tells nobody outside the pages. docs/channels.md has its keys.")
    Optional<Path> channels();
}
