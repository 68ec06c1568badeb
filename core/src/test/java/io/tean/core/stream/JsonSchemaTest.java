package io.tean.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_field_is_described_with_its_type_limits_and_unit() {
        JsonNode level = reading(TestStreams.probe()).at("/properties/level");
        assertThat(level.at("/type/0").asString()).isEqualTo("number");
        assertThat(level.at("/type/1").asString()).isEqualTo("null");
        assertThat(level.at("/minimum").asDouble()).isEqualTo(-100);
        assertThat(level.at("/maximum").asDouble()).isEqualTo(100);
        assertThat(level.at("/description").asString()).isEqualTo("Level / 位 (mm)");
    }

    @Test
    void words_codes_and_lists_carry_their_own_limits() {
        JsonNode properties = reading(TestStreams.probe()).at("/properties");
        assertThat(properties.at("/kind/enum")).hasToString("[\"a\",\"b\"]");
        assertThat(properties.at("/grade/enum")).hasToString("[\"G1\",null]");
        assertThat(properties.at("/tags/maxItems").asInt()).isEqualTo(3);
        assertThat(properties.at("/tags/items/maxLength").asInt()).isEqualTo(5);
    }

    @Test
    void time_and_required_fields_are_required() {
        assertThat(reading(TestStreams.probe()).at("/required")).hasToString("[\"time\",\"kind\",\"number\"]");
    }

    @Test
    void a_field_that_a_mapping_may_bring_is_not_required_in_the_payload() {
        StreamDeclaration event =
                StreamCatalogue.builtIn().stream("elevator-event").orElseThrow();
        assertThat(reading(event).at("/required")).hasToString("[\"time\",\"sequence\"]");
    }

    @Test
    void the_schema_describes_every_field_of_every_example() {
        for (StreamDeclaration stream : StreamCatalogue.builtIn().all()) {
            Map<String, Object> example = stream.example();
            JsonNode properties = reading(stream).at("/properties");
            assertThat(example.keySet())
                    .allSatisfy(name -> assertThat(properties.has(name))
                            .as("%s.%s", stream, name)
                            .isTrue());
        }
    }

    private static JsonNode reading(StreamDeclaration stream) {
        return JSON.readTree(JsonSchema.of(stream)).at("/$defs/reading");
    }
}
