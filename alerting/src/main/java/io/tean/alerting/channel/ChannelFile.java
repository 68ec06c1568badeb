package io.tean.alerting.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tean.alerting.rule.PlacedYaml;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the site's file of channels; every problem gets its place, and none shows a secret. */
final class ChannelFile {
    private static final Pattern ANY_PLACEHOLDER = Pattern.compile("\\{([a-zA-Z_]+)\\}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

    private final PlacedYaml file;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Duration patience;

    /** The file, one component per key; what is missing is null. */
    record Text(@Nullable List<ChannelText> channels) {}

    /** @param urlEnv the variable that holds the address, when that is as secret as a password */
    record ChannelText(
            @Nullable String name,
            @Nullable String kind,
            @Nullable String url,
            @JsonProperty("url_env") @Nullable String urlEnv,
            @Nullable String secret,
            @JsonProperty("secret_env") @Nullable String secretEnv,
            @Nullable List<String> allow,
            @Nullable LimitsText limits,
            @JsonProperty("default_for") @Nullable String defaultFor,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String security,
            @Nullable String user,
            @Nullable String from,
            @Nullable String method,
            @Nullable Map<String, String> headers,
            @Nullable String body,
            @Nullable String encoding,
            @Nullable SuccessText success) {}

    /** @param characters of a text for a telephone */
    record LimitsText(
            @JsonProperty("per_minute") @Nullable Integer perMinute,
            @JsonProperty("per_second") @Nullable Integer perSecond,
            @Nullable Integer reserve,
            @Nullable Integer parallel,
            @Nullable Integer characters) {}

    record SuccessText(
            @Nullable Integer status,
            @Nullable String pointer,
            @Nullable String equals) {}

    ChannelFile(
            String file,
            String yaml,
            Map<String, String> environment,
            InstantSource clock,
            Duration patience,
            List<String> problems) {
        this.file = new PlacedYaml(file, yaml, problems);
        this.environment = environment;
        this.clock = clock;
        this.patience = patience;
    }

    List<SiteChannel> read() {
        Optional<Text> text = file.read(Text.class);
        List<SiteChannel> channels = new ArrayList<>();
        if (text.isPresent() && text.get().channels() == null) {
            file.problem("/channels", "channels is missing");
        }
        List<ChannelText> list =
                text.map(Text::channels).<List<ChannelText>>map(l -> l).orElse(List.of());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i).name();
            if (name != null && !names.add(name)) {
                file.problem("/channels/" + i + "/name", "there are two channels " + name);
            }
            new One("/channels/" + i, list.get(i)).read().ifPresent(channels::add);
        }
        return channels;
    }

    /** One channel of the file. */
    private final class One {
        private final String at;
        private final ChannelText text;
        private final List<String> secrets = new ArrayList<>();
        private boolean good = true;

        One(String at, ChannelText text) {
            this.at = at;
            this.text = text;
        }

        private void problem(String key, String message) {
            good = false;
            file.problem(at + "/" + key, message);
        }

        Optional<SiteChannel> read() {
            String name = text.name() == null ? "" : text.name();
            if (!NAME.matcher(name).matches()) {
                problem("name", "a channel needs a name of small letters, digits and -, such as duty-robot");
            }
            SiteChannel.Kind kind = file.word(at + "/kind", text.kind(), SiteChannel.Kind.class);
            if (kind == null) {
                return Optional.empty();
            }
            boolean phone = kind == SiteChannel.Kind.SMS || kind == SiteChannel.Kind.VOICE;
            if (text.defaultFor() != null && !(text.defaultFor().equals("telephone") && phone)) {
                problem("default_for", "only sms and voice can be default_for: telephone");
            }
            String secret = value("secret", text.secret(), text.secretEnv(), kind == SiteChannel.Kind.WEBHOOK);
            if (!secret.isEmpty()) {
                secrets.add(secret);
            }
            SiteChannel.Limits limits = limits(kind);
            Reach reach = reach();
            // What a line of wiring costs: here.
            Optional<? extends Channel> channel = switch (kind) {
                case WEBHOOK -> url().map(url -> new Webhook(url, secret, reach, clock));
                case DINGTALK -> url().map(url -> new Dingtalk(url, secret, reach, clock));
                case WECOM -> url().map(url -> new Wecom(url, reach, clock));
                case FEISHU -> url().map(url -> new Feishu(url, secret, reach, clock));
                case EMAIL -> server(secret).map(server -> new Email(server, clock));
                case SMS, VOICE -> template().map(t -> new Gateway(t, secret, reach, clock));
            };
            if (!good) {
                channel.ifPresent(Channel::close);
                return Optional.empty();
            }
            return channel.map(
                    c -> new SiteChannel(name, kind, limits, text.defaultFor() != null, secrets, patience, c));
        }

        /** Given here or in the environment, empty when it is missing and may be. */
        private String value(String key, @Nullable String here, @Nullable String variable, boolean needed) {
            if (here != null && variable != null) {
                problem(key + "_env", "give either " + key + " or " + key + "_env");
            }
            if (variable != null && environment.getOrDefault(variable, "").isEmpty()) {
                problem(key + "_env", "the environment has no " + variable);
            }
            String value = here != null ? here : variable == null ? "" : environment.getOrDefault(variable, "");
            if (value.isEmpty() && needed && here == null && variable == null) {
                problem(key, "a " + text.kind() + " needs " + key + " or " + key + "_env");
            }
            return value;
        }

        private Reach reach() {
            List<Reach.Network> networks = new ArrayList<>();
            List<String> allow = text.allow() == null ? List.of() : text.allow();
            for (int i = 0; i < allow.size(); i++) {
                try {
                    networks.add(Reach.Network.of(allow.get(i)));
                } catch (IllegalArgumentException e) {
                    problem("allow/" + i, String.valueOf(e.getMessage()));
                }
            }
            return new Reach(networks);
        }

        private Optional<URI> url() {
            return address().flatMap(this::uri);
        }

        private Optional<String> address() {
            String address = value("url", text.url(), text.urlEnv(), true);
            return address.isEmpty() ? Optional.empty() : Optional.of(address);
        }

        /** The address of a robot is its key: what is behind the host is shown to nobody. */
        private Optional<URI> uri(String address) {
            try {
                URI uri = new URI(address);
                boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                    if (uri.getRawQuery() != null) {
                        secrets.add(uri.getRawQuery());
                    }
                    if (uri.getRawPath() != null && uri.getRawPath().length() > 1) {
                        secrets.add(uri.getRawPath());
                    }
                    return Optional.of(uri);
                }
            } catch (java.net.URISyntaxException e) {
                // Said below, without what may be secret in it.
            }
            problem("url", "url is no address such as https://example.org/path (only http and https, without a login)");
            return Optional.empty();
        }

        private SiteChannel.Limits limits(SiteChannel.Kind kind) {
            LimitsText given = text.limits() == null ? new LimitsText(null, null, null, null, null) : text.limits();
            int perMinute = number(
                    "per_minute",
                    given.perMinute(),
                    switch (kind) {
                        case DINGTALK, WECOM -> 20;
                        case FEISHU -> 100;
                        case WEBHOOK, EMAIL, SMS, VOICE -> 0;
                    },
                    2,
                    100_000);
            int perSecond = number("per_second", given.perSecond(), kind == SiteChannel.Kind.FEISHU ? 5 : 0, 1, 10_000);
            int reserve = number("reserve", given.reserve(), perMinute / 4, 0, perMinute / 2);
            int parallel = number("parallel", given.parallel(), 4, 1, 64);
            return new SiteChannel.Limits(perMinute, perSecond, reserve, parallel);
        }

        private int number(String key, @Nullable Integer given, int otherwise, int least, int most) {
            if (given != null && (given < least || given > most)) {
                problem("limits/" + key, key + " is " + given + ": it must lie between " + least + " and " + most);
                return otherwise;
            }
            return given == null ? otherwise : given;
        }

        private Optional<Email.Server> server(String secret) {
            if (text.host() == null || text.host().isBlank()) {
                problem("host", "an e-mail channel needs host: of its SMTP server");
            }
            String from = text.from() == null ? "" : text.from();
            if (!Email.isAddress(from)) {
                problem("from", "from needs the e-mail address that the mails come from");
            }
            Email.Security security = text.security() == null
                    ? Email.Security.STARTTLS
                    : file.word(at + "/security", text.security(), Email.Security.class);
            int port = text.port() == null
                    ? security == Email.Security.TLS ? 465 : security == Email.Security.NONE ? 25 : 587
                    : text.port();
            if (port < 1 || port > 65_535) {
                problem("port", "port is " + port + ": it must lie between 1 and 65535");
            }
            if (security == null || text.host() == null) {
                good = false;
                return Optional.empty();
            }
            return Optional.of(
                    new Email.Server(text.host(), port, security, Optional.ofNullable(text.user()), secret, from));
        }

        private Optional<Gateway.Template> template() {
            String method = text.method() == null ? "POST" : text.method().toUpperCase(Locale.ROOT);
            if (!METHODS.contains(method)) {
                problem("method", "method is " + method + ", known are GET, POST, PUT");
            }
            Gateway.Encoding encoding = text.encoding() == null
                    ? Gateway.Encoding.JSON
                    : file.word(at + "/encoding", text.encoding(), Gateway.Encoding.class);
            String body = text.body() == null ? "" : text.body();
            Optional<String> url = address();
            url.ifPresent(u -> {
                uri(Gateway.PLACEHOLDER.matcher(u).replaceAll("x"));
                if (u.matches("[a-z]+://[^/?]*\\{.*")) {
                    problem("url", "a placeholder must not stand in the host");
                }
                placeholders("url", u);
            });
            placeholders("body", body);
            Map<String, String> headers = text.headers() == null ? Map.of() : text.headers();
            headers.forEach((name, value) -> {
                placeholders("headers/" + name, value);
                if (!name.matches("[A-Za-z0-9-]+")) {
                    problem("headers", "'" + name + "' is no name of a header");
                }
            });
            if (!(url.orElse("") + body).contains("{to}") || !(url.orElse("") + body).contains("{text}")) {
                problem("body", "neither url nor body has both {to} and {text}");
            }
            SuccessText success = text.success() == null ? new SuccessText(null, null, null) : text.success();
            if ((success.pointer() == null) != (success.equals() == null)) {
                problem("success", "success needs pointer and equals together, or neither");
            }
            if (success.pointer() != null && !success.pointer().startsWith("/")) {
                problem("success/pointer", success.pointer() + " is no JSON pointer such as /code");
            }
            Integer characters = text.limits() == null ? null : text.limits().characters();
            int most = number("characters", characters, 300, 60, 2_000);
            if (encoding == null || url.isEmpty()) {
                good = false;
                return Optional.empty();
            }
            return Optional.of(new Gateway.Template(
                    method,
                    url.get(),
                    headers,
                    body,
                    encoding,
                    Optional.ofNullable(success.status()),
                    success.pointer() == null || success.equals() == null
                            ? Optional.empty()
                            : Optional.of(Map.entry(success.pointer(), success.equals())),
                    most));
        }

        private void placeholders(String key, String template) {
            Matcher found = ANY_PLACEHOLDER.matcher(template);
            while (found.find()) {
                if (!Gateway.PLACEHOLDER.matcher(found.group()).matches()) {
                    problem(key, found.group() + " is no placeholder, known are {to}, {text}, {id}, {secret}");
                }
            }
        }
    }
}
