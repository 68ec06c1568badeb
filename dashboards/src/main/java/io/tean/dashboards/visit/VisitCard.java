package io.tean.dashboards.visit;

import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All there is to see of one visit.
 *
 * @param verdict the latest one; empty while the evidence has not been looked at
 * @param chain every record of the same visit, the oldest first
 * @param decisions the newest first: that one counts
 */
public record VisitCard(
        Visit visit,
        Evidence evidence,
        Origin origin,
        Optional<Verdict> verdict,
        List<Link> chain,
        List<Decision> decisions,
        Optional<String> confirmedBy) {
    public VisitCard {
        chain = List.copyOf(chain);
        decisions = List.copyOf(decisions);
    }

    /** Where it was and what was done. */
    public record Evidence(
            Optional<Double> latitude,
            Optional<Double> longitude,
            Optional<Boolean> scanned,
            OptionalInt photoCount,
            List<String> photos,
            List<String> items,
            List<String> failedItems,
            Optional<String> note) {
        public Evidence {
            photos = List.copyOf(photos);
            items = List.copyOf(items);
            failedItems = List.copyOf(failedItems);
        }
    }

    /**
     * How it came here.
     *
     * @param source device, api or import
     * @param firmId none for a firm that is not registered
     */
    public record Origin(String source, String addedBy, Instant addedAt, OptionalInt firmId) {}

    /** @param details by the code of the check that was not passed */
    public record Verdict(boolean suspect, Map<String, String> details, Instant judgedAt) {
        public Verdict {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }

        /** All checks that the pages know, and those that they do not. */
        public Set<String> checks() {
            Set<String> checks = new LinkedHashSet<>(Word.codes("EVIDENCE"));
            checks.addAll(details.keySet());
            return checks;
        }
    }

    /**
     * One record of the chain.
     *
     * @param reason why it supersedes the one before it
     */
    public record Link(long id, OptionalLong supersedes, Optional<String> reason, String addedBy, Instant addedAt) {}

    /** What somebody with the right decided. */
    public record Decision(boolean accepted, String reason, String by, Instant at) {}

    public boolean mayBeDecided() {
        return visit.state() != VisitState.SUPERSEDED
                && verdict.filter(Verdict::suspect).isPresent();
    }

    public boolean mayBeConfirmed() {
        return visit.state() != VisitState.SUPERSEDED && visit.confirmedAt().isEmpty();
    }

    public boolean mayBeSuperseded() {
        return visit.state() != VisitState.SUPERSEDED;
    }

    /** The record that says what this one really was. */
    public OptionalLong supersededBy() {
        return chain.stream()
                .filter(link -> link.supersedes().equals(OptionalLong.of(visit.id())))
                .mapToLong(Link::id)
                .findFirst();
    }

    Map<String, Object> json() {
        Map<String, Object> json = visit.json();
        json.put("latitude", evidence.latitude());
        json.put("longitude", evidence.longitude());
        json.put("scanned", evidence.scanned());
        json.put("photo_count", evidence.photoCount());
        json.put("photos_sha256", evidence.photos());
        json.put("items", evidence.items());
        json.put("failed_items", evidence.failedItems());
        json.put("note", evidence.note());
        json.put("source", origin.source());
        json.put("added_by", origin.addedBy());
        json.put("added_at", origin.addedAt());
        json.put("verdict", verdict.map(VisitCard::json));
        json.put("decisions", decisions.stream().map(VisitCard::json).toList());
        json.put("confirmed_by", confirmedBy);
        json.put("records", chain.stream().map(VisitCard::json).toList());
        return json;
    }

    private static Map<String, Object> json(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("suspect", verdict.suspect());
        json.put("judged_at", verdict.judgedAt());
        json.put(
                "reasons",
                verdict.details().entrySet().stream()
                        .map(reason -> Map.of("check", reason.getKey(), "detail", reason.getValue()))
                        .toList());
        return json;
    }

    private static Map<String, Object> json(Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accepted", decision.accepted());
        json.put("reason", decision.reason());
        json.put("decided_by", decision.by());
        json.put("decided_at", decision.at());
        return json;
    }

    private static Map<String, Object> json(Link link) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("record_id", link.id());
        json.put("supersedes", link.supersedes());
        json.put("reason", link.reason());
        json.put("added_by", link.addedBy());
        json.put("added_at", link.addedAt());
        return json;
    }
}
