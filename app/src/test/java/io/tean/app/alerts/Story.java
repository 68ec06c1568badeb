package io.tean.app.alerts;

import java.util.Arrays;
import java.util.List;

/** Something that happens to a machine, told by its readings; {@code fires} says whether it is a fault or must be taken for none. */
enum Story {
    ENTRAPMENT_TOLD(Kind.ELEVATOR, "entrapment", true) {
        @Override
        void tell(Telling t) {
            t.say(Shapes.ENTRAPPED, t.begin());
            t.every(20, 60, Shapes.AT_LANDING);
            t.say(Shapes.FREED, t.end());
        }
    },
    ENTRAPMENT_SEEN(Kind.ELEVATOR, "entrapment", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 13, Shapes.STUCK);
            t.say(Shapes.RUNNING, t.end());
        }
    },
    ENTRAPMENT_SEEN_AND_TOLD(Kind.ELEVATOR, "entrapment", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 13, Shapes.STUCK);
            t.say(Shapes.ENTRAPPED, t.begin() + 50 * Telling.SECOND);
            t.say(Shapes.FREED, t.end());
            t.say(Shapes.RUNNING, t.end());
        }
    },
    /** Shorter than the rule waits. */
    SHORT_STOP(Kind.ELEVATOR, "entrapment", false) {
        @Override
        void tell(Telling t) {
            t.say(Shapes.STUCK, t.begin());
            t.say(Shapes.STUCK, t.begin() + 11 * Telling.SECOND);
            // Held back for minutes it would come when the rule has waited long enough, and rightly.
            t.sayInTime(Shapes.RUNNING, t.begin() + 22 * Telling.SECOND);
        }
    },
    WORKER_AT_THE_DOOR(Kind.ELEVATOR, "door-fault", false) {
        @Override
        void tell(Telling t) {
            t.every(0, 30, Shapes.INSPECTED);
            t.say(Shapes.DOOR_HELD_BY_WORKER, t.begin() + 7 * Telling.SECOND);
        }
    },
    DOOR_FAULT(Kind.ELEVATOR, "door-fault", true) {
        @Override
        void tell(Telling t) {
            t.say(Shapes.DOOR_FAULT, t.begin());
            t.say(Shapes.DOOR_CLOSES_AGAIN, t.end());
        }
    },
    POWER_OFF(Kind.ELEVATOR, "main-power-off", true) {
        @Override
        void tell(Telling t) {
            t.say(Shapes.POWER_OFF, t.begin());
            t.say(Shapes.POWER_ON, t.end());
        }
    },

    /** Goes below the registered pressure again and again, but never far enough to be over. */
    OVER_1_25(Kind.STRONG_BOILER, "over-pressure", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 60, Shapes.OVER_1_25);
            t.every(30, 60, Shapes.BAND_OF_1_25);
            t.say(Shapes.STEAMING, t.end());
        }
    },
    OVER_1_00(Kind.WEAK_BOILER, "over-pressure", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 60, Shapes.OVER_1_00);
            t.every(30, 60, Shapes.BAND_OF_1_00);
            t.say(Shapes.STEAMING, t.end());
        }
    },
    /** What is too much for the weaker boilers is nothing to these. */
    BELOW_1_25(Kind.STRONG_BOILER, "over-pressure", false) {
        @Override
        void tell(Telling t) {
            t.every(0, 60, Shapes.OVER_1_00);
            t.every(30, 60, Shapes.BAND_OF_1_25);
        }
    },
    BELOW_1_00(Kind.WEAK_BOILER, "over-pressure", false) {
        @Override
        void tell(Telling t) {
            t.every(0, 30, Shapes.BAND_OF_1_00);
        }
    },
    VERY_LOW_WATER(Kind.STRONG_BOILER, "very-low-water", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 30, Shapes.VERY_LOW);
            t.say(Shapes.STEAMING, t.end());
        }
    },
    /** The level says it, and waves do not end it. */
    BELOW_LOWEST_LEVEL(Kind.WEAK_BOILER, "very-low-water", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 60, Shapes.BELOW_LOWEST);
            t.every(30, 60, Shapes.JUST_ABOVE_LOWEST);
            t.say(Shapes.STEAMING, t.end());
        }
    },
    FLAME_FAILURE(Kind.STRONG_BOILER, "flame-failure", true) {
        @Override
        void tell(Telling t) {
            t.every(0, 30, Shapes.NO_FLAME);
            t.say(Shapes.STEAMING, t.end());
        }
    },

    OVERFILL(Kind.FILLING_MACHINE, "cylinder-overfill", true) {
        @Override
        void tell(Telling t) {
            t.fill(Shapes.OVERFILL, Register.SOUND_AND_USED_ONCE);
        }
    },
    EXPIRED(Kind.FILLING_MACHINE, "cylinder-expired", true) {
        @Override
        void tell(Telling t) {
            t.fill(Shapes.FILL, Register.PAST_ITS_INSPECTION);
        }
    },
    WRONG_MEDIUM(Kind.FILLING_MACHINE, "cylinder-wrong-medium", true) {
        @Override
        void tell(Telling t) {
            t.fill(Shapes.WRONG_MEDIUM, Register.SOUND_AND_USED_ONCE);
        }
    };

    final Kind kind;
    final String rule;
    final boolean fires;

    Story(Kind kind, String rule, boolean fires) {
        this.kind = kind;
        this.rule = rule;
        this.fires = fires;
    }

    abstract void tell(Telling t);

    static List<Story> of(Kind kind) {
        return Arrays.stream(values()).filter(s -> s.kind == kind).toList();
    }
}
