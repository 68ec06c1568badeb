package io.tean.app.command;

import io.tean.app.describe.ReferencePages;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Writes the reference pages that are generated from the declarations.")
final class DescribeCommand implements Callable<Integer> {
    @Option(
            names = "--docs",
            paramLabel = "FOLDER",
            defaultValue = "docs",
            description = "Where to; default ${DEFAULT-VALUE}.")
    private Path docs = Path.of("docs");

    @Option(
            names = "--streams",
            paramLabel = "FOLDER",
            split = ",",
            description = "Folders with further streams, as in TEAN_STREAMS_FOLDERS.")
    private List<Path> folders = List.of();

    @Option(names = "--check", description = "Writes nothing; fails when a page is not current.")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        List<Path> stale = ReferencePages.write(StreamCatalogue.load(folders), docs, check);
        stale.forEach(page -> System.out.println((check ? "not current: " : "wrote ") + page));
        return check && !stale.isEmpty() ? 1 : 0;
    }
}
