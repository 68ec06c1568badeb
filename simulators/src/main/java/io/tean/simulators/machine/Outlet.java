package io.tean.simulators.machine;

/** Where a machine puts its readings, in the order of their time. */
@FunctionalInterface
public interface Outlet {
    void put(Message message);
}
