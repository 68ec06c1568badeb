package io.tean.core.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sixth stream with every type of field, added as a site adds it: one file in a folder. */
public final class TestStreams {
    public static final String PROBE = """
            stream: test-probe
            title: {zh: 探针, en: Probe}
            equipment: [elevator]
            source: a test
            mark: derived
            version: 1
            effective: 2026-01-01
            key: [kind, number]
            fields:
              - {name: kind, type: enum, required: true, values: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}, label: {zh: 种, en: Kind}}
              - {name: number, type: int, required: true, min: -10, max: 9007199254740991, label: {zh: 数, en: Number}}
              - {name: flag, type: bool, label: {zh: 旗, en: Flag}}
              - {name: level, type: real, unit: mm, min: -100, max: 100, label: {zh: 位, en: Level}}
              - {name: note, type: text, max_length: 20, label: {zh: 注, en: Note}}
              - {name: tags, type: list, max_items: 3, max_length: 5, label: {zh: 签, en: Tags}}
              - {name: grade, type: text, max_length: 5, codes: {G1: {zh: 一, en: one}}, label: {zh: 级, en: Grade}}
            example:
              {time: "2026-11-22T08:00:00+08:00", kind: a, number: 1, flag: true, level: 0.5, note: 好, tags: [x], grade: G1}
            """;

    private TestStreams() {}

    /** The streams of the house and the sixth one. */
    public static StreamCatalogue withProbe() {
        return with(PROBE);
    }

    public static StreamDeclaration probe() {
        return withProbe().stream("test-probe").orElseThrow();
    }

    /** The streams of the house and one more. */
    public static StreamCatalogue with(String yaml) {
        try {
            Path folder = Files.createTempDirectory("tean-streams");
            Path file = Files.writeString(folder.resolve("one-more.yaml"), yaml);
            try {
                return StreamCatalogue.load(List.of(folder));
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
