package io.tean.alerting.channel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A channel of this site with its name and limits. Its attempts end in time, and what they say holds no secret. */
public final class SiteChannel implements AutoCloseable {
    private static final int LONGEST_WHY = 500;

    private final String name;
    private final Kind kind;
    private final Limits limits;
    private final boolean forTelephone;
    private final List<String> secrets;
    private final Duration patience;
    private final Channel channel;

    /** What sort of channel it is. */
    enum Kind {
        WEBHOOK,
        DINGTALK,
        WECOM,
        FEISHU,
        EMAIL,
        SMS,
        VOICE
    }

    /**
     * What the far side bears.
     *
     * @param perMinute messages in any minute; 0 is without limit
     * @param perSecond messages in any second; 0 is without limit
     * @param reserve of those of a minute, kept for emergencies and critical ones
     * @param parallel attempts at a time
     */
    public record Limits(int perMinute, int perSecond, int reserve, int parallel) {
        public boolean limited() {
            return perMinute > 0;
        }

        /** At once. What is filled in again during a minute and this together are not more than the minute's. */
        public double capacity() {
            double half = perMinute / 2.0;
            return perSecond > 0 ? Math.min(half, Math.max(1, perSecond / 2.0)) : Math.max(1, half);
        }

        public double refillPerSecond() {
            return Math.max(0, perMinute - capacity()) / 60;
        }

        /** The last ones of the capacity, which only the urgent take. */
        public double reserved() {
            return Math.min(capacity() - 1, capacity() * reserve / perMinute);
        }
    }

    SiteChannel(
            String name,
            Kind kind,
            Limits limits,
            boolean forTelephone,
            List<String> secrets,
            Duration patience,
            Channel channel) {
        this.name = name;
        this.kind = kind;
        this.limits = limits;
        this.forTelephone = forTelephone;
        this.secrets = List.copyOf(secrets);
        this.patience = patience;
        this.channel = channel;
    }

    public String name() {
        return name;
    }

    /** Such as dingtalk. */
    public String kind() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    public Limits limits() {
        return limits;
    }

    /** Whether organisations of which only a telephone is known are told by it. */
    public boolean forTelephone() {
        return forTelephone;
    }

    public boolean needsAddress() {
        return channel.needsAddress();
    }

    /** Why it does not take an address, in one line. */
    public Optional<String> refusal(String to) {
        return channel.refusal(to);
    }

    /** One attempt, which ends in time whatever the far side does. */
    public Delivered deliver(Message message, String to) throws InterruptedException {
        Optional<String> refusal = channel.refusal(to);
        if (refusal.isPresent()) {
            return new Delivered.Refused(refusal.get());
        }
        AtomicReference<Delivered> result = new AtomicReference<>();
        Thread attempt = Thread.ofVirtual().name("tean-attempt-" + name).start(() -> {
            try {
                result.set(channel.deliver(message, to));
            } catch (RuntimeException e) {
                result.set(new Delivered.TryLater("it failed: " + e));
            }
        });
        try {
            if (attempt.join(patience)) {
                return clean(result.get());
            }
        } finally {
            // A virtual thread that waits for a socket closes it then.
            attempt.interrupt();
        }
        attempt.join(patience);
        return new Delivered.TryLater("no whole answer within " + patience.toMillis() + " ms");
    }

    private Delivered clean(Delivered result) {
        return switch (result) {
            case Delivered.HandedOver ok -> ok;
            case Delivered.Confirmed ok -> ok;
            case Delivered.TryLater later -> new Delivered.TryLater(later.when(), clean(later.why()));
            case Delivered.Refused refused -> new Delivered.Refused(clean(refused.why()));
        };
    }

    private String clean(String why) {
        String line = why.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        for (String secret : secrets) {
            line = line.replace(secret, "***");
        }
        return Layout.cut(line.isEmpty() ? "no reason given" : line, LONGEST_WHY, String::length);
    }

    @Override
    public void close() {
        channel.close();
    }
}
