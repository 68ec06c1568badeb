package io.tean.dashboards.register;

import io.tean.core.audit.Actor;
import io.tean.core.intake.FileIntake;
import io.tean.dashboards.OpenHouse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes files and refuses one row of each. */
final class SentFiles implements FileIntake {
    final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Optional<OpenHouse> house = Optional.empty();

    void into(OpenHouse open) {
        house = Optional.of(open);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(
                new Kind("organisations", List.of("credit_code", "kind", "name")),
                new Kind("equipment", List.of("code", "category", "name")));
    }

    @Override
    public long start(String kind, Path file, String fileName, Mode mode, Actor actor) {
        try {
            taken.add(kind + " " + fileName + " " + mode + " " + Files.size(file) + " bytes by " + actor.name());
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long number = house.orElseThrow().database().number("""
                INSERT INTO import_run (kind, file_name, sha256, mode, bytes, bytes_read, rows_read, refused, actor_kind, actor)
                VALUES ('%s', '%s', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '%s', 1000, 400, 40, 1, 'account', '%s')
                RETURNING import_id""".formatted(kind, fileName, mode, actor.name()));
        house.orElseThrow().database().execute("""
                INSERT INTO import_problem (import_id, row_no, heading, value, reason, cells)
                VALUES (%d, 7, 'use_unit', '91320500MA00000000', '没有该单位', ARRAY['x'])""".formatted(number));
        return number;
    }

    @Override
    public void writeCorrections(long importId, OutputStream out) throws IOException {
        out.write("corrected\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void writeTemplate(String kind, OutputStream out) throws IOException {
        out.write("code,category,name\n".getBytes(StandardCharsets.UTF_8));
    }
}
