package io.tean.simulators.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bounded buffer of a device: what waits and what is under way without an acknowledgement, in order. When it is full the oldest
 * waiting status makes room; events never do, for them it grows.
 */
final class Outbox {
    private final int capacity;
    // Two queues, so that the oldest status is found at once; the numbers put them back into one order.
    private final Deque<Item> events = new ArrayDeque<>();
    private final Deque<Item> statuses = new ArrayDeque<>();
    private final Map<Long, Item> underWay = new LinkedHashMap<>();
    private long lastNumber;

    /** A message with its place in the order. */
    record Item(long number, Parcel parcel) {}

    Outbox(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a message in; false when a status had to be dropped for it, or it was dropped itself. */
    boolean add(Parcel parcel) {
        boolean full = size() >= capacity;
        if (full && statuses.isEmpty() && !parcel.event()) {
            return false;
        }
        boolean dropped = full && statuses.pollFirst() != null;
        queueOf(parcel).addLast(new Item(++lastNumber, parcel));
        return !dropped;
    }

    /** The first that waits; it is under way from now on. */
    Optional<Item> next() {
        Item event = events.peekFirst();
        Item status = statuses.peekFirst();
        Item item = event == null || (status != null && status.number() < event.number())
                ? statuses.pollFirst()
                : events.pollFirst();
        if (item != null) {
            underWay.put(item.number(), item);
        }
        return Optional.ofNullable(item);
    }

    /** Settles a message; false when it was not under way. */
    boolean settle(long number) {
        return underWay.remove(number) != null;
    }

    /** One that could not be handed over waits again, first in line. */
    void putBack(Item item) {
        if (underWay.remove(item.number()) != null) {
            queueOf(item.parcel()).addFirst(item);
        }
    }

    /** All that is under way waits again, in its old order. */
    void putAllBack() {
        List<Item> items = new ArrayList<>(underWay.values());
        items.reversed().forEach(this::putBack);
    }

    private Deque<Item> queueOf(Parcel parcel) {
        return parcel.event() ? events : statuses;
    }

    int underWay() {
        return underWay.size();
    }

    int size() {
        return events.size() + statuses.size() + underWay.size();
    }
}
