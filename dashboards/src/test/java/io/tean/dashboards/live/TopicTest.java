package io.tean.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TopicTest {
    @Test
    void administrator_hearsEverything() {
        Viewer administrator = viewer(Role.ADMINISTRATOR, new Scope.City());
        assertThat(Arrays.stream(Topic.values())).allMatch(topic -> topic.isFor(administrator));
    }

    @Test
    void firm_hearsOfItsOwnPagesOnly() {
        Viewer firm = viewer(Role.FIRM, new Scope.Organisation(7));
        assertThat(Arrays.stream(Topic.values()).filter(topic -> topic.isFor(firm)))
                .containsExactly(
                        Topic.DEVICE,
                        Topic.DEAD_LETTER,
                        Topic.ALERT,
                        Topic.SILENCE,
                        Topic.CASE,
                        Topic.AUDIT,
                        Topic.TOKEN,
                        Topic.EQUIPMENT,
                        Topic.ORGANISATION);
    }

    @Test
    void unknownWord_isNoTopic() {
        assertThat(Topic.of("sentence")).isEmpty();
        assertThat(Topic.of("dead-letter")).contains(Topic.DEAD_LETTER);
    }

    @Test
    void event_isOneLine_soThatNobodyCanAddAnother() {
        assertThat(Event.end("logout").text()).isEqualTo("event: end\ndata: logout\n\n");
        assertThatIllegalArgumentException().isThrownBy(() -> Event.end("x\n\nevent: end"));
        assertThatIllegalArgumentException().isThrownBy(() -> Event.end(""));
    }

    private static Viewer viewer(Role role, Scope scope) {
        return new Viewer(1, "a", "A", role, scope, new Viewer.Credential.Session("s", false));
    }
}
