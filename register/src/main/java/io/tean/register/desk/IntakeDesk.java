package io.tean.register.desk;

import io.tean.core.audit.Actor;
import io.tean.core.intake.FileIntake;
import io.tean.register.RegisterException;
import io.tean.register.intake.ImportMode;
import io.tean.register.intake.ImportRequest;
import io.tean.register.intake.Imports;
import io.tean.register.intake.Progress;
import io.tean.register.intake.SheetExport;
import io.tean.register.sheet.Heading;
import io.tean.register.sheet.Language;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files in on a thread of its own, one after the other. */
public final class IntakeDesk implements FileIntake, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IntakeDesk.class);

    private final Imports imports;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("tean-intake").factory());

    public IntakeDesk(Imports imports) {
        this.imports = imports;
    }

    /** Before the first file: imports that an earlier process left behind are over. */
    public void open() {
        thread.execute(() -> {
            try {
                int ended = imports.endBroken();
                if (ended > 0) {
                    log.warn("{} imports were broken off by the end of an earlier process", ended);
                }
            } catch (RuntimeException e) {
                log.error("{}", String.valueOf(e.getMessage()));
            }
        });
    }

    @Override
    public List<Kind> kinds() {
        return Sheets.all().stream()
                .map(sheet -> new Kind(
                        sheet.name(),
                        sheet.headings().stream().map(Heading::name).toList()))
                .toList();
    }

    @Override
    public long start(String kind, Path file, String fileName, Mode mode, Actor actor) {
        ImportRequest request = ImportRequest.of(kind, file, fileName, ImportMode.valueOf(mode.name()), actor);
        CompletableFuture<Long> started = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                imports.run(request, Progress.NOBODY, started::complete);
            } catch (RuntimeException e) {
                log.error("the import of {} failed: {}", kind, String.valueOf(e.getMessage()));
                started.completeExceptionally(e);
            } finally {
                delete(file);
            }
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new RegisterException(
                    "cannot start to import " + fileName + ": "
                            + String.valueOf(
                                    e.getCause() == null
                                            ? e.getMessage()
                                            : e.getCause().getMessage()),
                    e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("cannot delete {}, which was taken in: {}", file, e.getMessage());
        }
    }

    @Override
    public void writeCorrections(long importId, OutputStream out) throws IOException {
        imports.writeCorrections(importId, Language.CHINESE, out);
    }

    @Override
    public void writeTemplate(String kind, OutputStream out) throws IOException {
        Sheet sheet = Sheets.all().stream()
                .filter(each -> each.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RegisterException("'" + kind + "' is no kind of file"));
        SheetExport.writeTemplate(sheet, kind + ".csv", Language.CHINESE, out);
    }

    /** An import under way is broken off and leaves nothing behind but its row. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
