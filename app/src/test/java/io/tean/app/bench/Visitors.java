package io.tean.app.bench;

import io.tean.app.bench.Crowd.Waited;
import io.tean.app.load.Browser;
import io.tean.app.load.House;
import io.tean.core.audit.Actor;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** People with accounts, browsers and open sessions, who come to the pages of a service when they are asked to. */
final class Visitors implements AutoCloseable {
    static final int TABS = 500;
    static final int ACCOUNTS = 25;
    private static final int TABS_A_SESSION = 4;
    /** A change of shift: 500 people within two minutes. */
    private static final double LOGINS_A_SECOND = 4;
    /** As many as 500 open status pages fetch anew: each once in four seconds. */
    private static final double PAGES_A_SECOND = TABS / 4.0;

    private static final String PASSWORD = "Only-for-bin/bench-4711";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<Person> people = new ArrayList<>();
    private final List<Browser> sessions = new ArrayList<>();
    private final List<String> pages;

    private record Person(String name, Browser browser) {}

    /** Makes the accounts and opens the sessions: a login each, before anything is measured. */
    Visitors(House house) {
        addAccounts(house, ACCOUNTS).forEach(name -> people.add(new Person(name, new Browser(house.http(), http))));
        for (int i = 0; i < TABS / TABS_A_SESSION; i++) {
            Browser browser = new Browser(house.http(), http);
            logIn(new Person(people.get(i % ACCOUNTS).name(), browser));
            sessions.add(browser);
        }
        pages = Stream.of("/status", "/devices", "/dead-letters")
                .filter(this::isThere)
                .toList();
    }

    /** Somebody who may see everything, logged in; in a house that is kept the account is there already. */
    static Browser administrator(House house, HttpClient http) {
        new AccountLedger(house.database().source())
                .add(
                        new AccountDraft("bench.admin", "Bench", "administrator", "", ""),
                        Optional.of(PASSWORD),
                        Actor.command());
        Person person = new Person("bench.admin", new Browser(house.http(), http));
        logIn(person);
        return person.browser();
    }

    /** Makes accounts of dispatchers and logs each in. */
    static List<Browser> sessions(House house, HttpClient http, int count) {
        List<Browser> browsers = new ArrayList<>();
        for (String name : addAccounts(house, count)) {
            Person person = new Person(name, new Browser(house.http(), http));
            logIn(person);
            browsers.add(person.browser());
        }
        return browsers;
    }

    private static List<String> addAccounts(House house, int count) {
        DataSource database = house.database().source();
        AccountLedger ledger = new AccountLedger(database);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "load.%02d".formatted(i);
            AccountLedger.Outcome added = ledger.add(
                    new AccountDraft(name, name, "dispatcher", "", ""), Optional.of(PASSWORD), Actor.command());
            if (added instanceof AccountLedger.Outcome.Wrong) {
                throw new IllegalStateException("cannot add the account " + name + ": " + added.said());
            }
            names.add(name);
        }
        return names;
    }

    /** A page that this version does not have is left out; the status page it must have. */
    private boolean isThere(String path) {
        int status = sessions.getFirst().look(path);
        if (status == 404 && !path.equals("/status")) {
            return false;
        }
        return served(path, status);
    }

    private static boolean served(String path, int status) {
        if (status != 200) {
            throw new IllegalStateException("GET " + path + " answered " + status + ", not 200");
        }
        return true;
    }

    /** The pages that are looked at. */
    List<String> pages() {
        return pages;
    }

    private static long logIn(Person person) {
        Browser browser = person.browser();
        // One and the same browser, should it still be at its last login.
        synchronized (browser) {
            browser.closeWindow();
            String csrf = browser.csrf("/login");
            long start = System.nanoTime();
            Browser.Answer answer = browser.post("/login", csrf, Map.of("name", person.name(), "password", PASSWORD));
            long took = System.nanoTime() - start;
            if (answer.status() != 303 || !answer.location().equals("/")) {
                throw new IllegalStateException(
                        "POST /login of " + person.name() + " answered " + answer.status() + ", not 303 to /");
            }
            return took;
        }
    }

    private long look(long number) {
        String path = pages.get((int) (number % pages.size()));
        long start = System.nanoTime();
        served(path, sessions.get((int) (number % sessions.size())).look(path));
        return System.nanoTime() - start;
    }

    /** Has them open their tabs, log in and look at pages from now on, until the visit is closed. */
    Visit visit() {
        return new Visit();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /**
     * How they were served for a while.
     *
     * @param streams that are open and heard something at least as often as a page needs to believe in its stream
     * @param silence in seconds, the longest of any stream
     */
    record Served(Waited logins, Waited pages, long streams, double silence) {
        /** After so much silence a page says that it has lost the service. */
        static final double LONGEST_SILENCE = 8;

        int refused() {
            return logins.refusals().size() + pages.refusals().size();
        }

        /** What went wrong, one line each. */
        List<String> problems() {
            List<String> problems = new ArrayList<>();
            logins.problem("logins").ifPresent(problems::add);
            pages.problem("pages").ifPresent(problems::add);
            if (streams < TABS) {
                problems.add("%d of %d streams were closed or heard nothing for more than %.0f s"
                        .formatted(TABS - streams, TABS, LONGEST_SILENCE));
            }
            return problems;
        }
    }

    /** Their being there. */
    final class Visit implements AutoCloseable {
        private final List<Tab> tabs = new ArrayList<>();
        private final Crowd logins;
        private final Crowd looks;

        private Visit() {
            for (int i = 0; i < TABS; i++) {
                tabs.add(new Tab(sessions.get(i / TABS_A_SESSION)));
            }
            logins = new Crowd("logins", LOGINS_A_SECOND, n -> logIn(people.get((int) (n % ACCOUNTS))));
            looks = new Crowd("pages", PAGES_A_SECOND, Visitors.this::look);
        }

        /** How they were served since the last call, or since they came. */
        Served cut() {
            double longest = 0;
            long told = 0;
            for (Tab tab : tabs) {
                double silence = tab.cutSilence();
                longest = Math.max(longest, silence);
                if (tab.isOpen() && silence <= Served.LONGEST_SILENCE) {
                    told++;
                }
            }
            return new Served(logins.cut(), looks.cut(), told, longest);
        }

        @Override
        public void close() {
            logins.close();
            looks.close();
            tabs.forEach(Tab::close);
        }
    }
}
