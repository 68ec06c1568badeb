package io.tean.alerting.channel;

import io.tean.alerting.rule.RuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels of this site, by name. */
public final class Channels implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, SiteChannel> channels;

    private Channels(List<SiteChannel> list) {
        Map<String, SiteChannel> named = new LinkedHashMap<>();
        list.forEach(channel -> named.put(channel.name(), channel));
        channels = Collections.unmodifiableMap(named);
    }

    /**
     * @param file none has no channels
     * @param environment where secrets may stand
     * @param clock of signatures
     * @throws RuleException with all problems
     */
    public static Channels load(Optional<Path> file, Map<String, String> environment, InstantSource clock) {
        if (file.isEmpty()) {
            return new Channels(List.of());
        }
        try {
            return read(file.get().toString(), Files.readString(file.get()), environment, clock, PATIENCE);
        } catch (IOException e) {
            throw new RuleException(file.get() + ": cannot read the file of channels: " + e);
        }
    }

    /** @param patience after which an attempt is given up */
    public static Channels read(
            String file, String yaml, Map<String, String> environment, InstantSource clock, Duration patience) {
        List<String> problems = new ArrayList<>();
        List<SiteChannel> channels = new ChannelFile(file, yaml, environment, clock, patience, problems).read();
        if (!problems.isEmpty()) {
            channels.forEach(SiteChannel::close);
            throw new RuleException(String.join(System.lineSeparator(), problems));
        }
        return new Channels(channels);
    }

    /** In the order of the file. */
    public Collection<SiteChannel> all() {
        return channels.values();
    }

    public Optional<SiteChannel> channel(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    @Override
    public void close() {
        channels.values().forEach(SiteChannel::close);
    }
}
