package io.tean.app.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
    @Test
    void the_pages_in_docs_are_current() throws IOException {
        assertThat(ReferencePages.write(
                        StreamCatalogue.builtIn(), TestDatabase.repository().resolve("docs"), true))
                .as("run bin/tean describe and commit what it wrote")
                .isEmpty();
    }
}
