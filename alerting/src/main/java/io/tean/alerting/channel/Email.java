package io.tean.alerting.channel;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail by the site's SMTP server: plain text only, so that nothing in a name is markup. */
final class Email implements Channel {
    private static final String SILENCE_MILLIS = "9000";
    /** One address, without names, comments or quotes: nothing that could end a header or name a second one. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");

    private static final Pattern REPLY = Pattern.compile("\\b([45])\\d\\d[ -]");

    private final Server server;
    private final Session session;
    private final InstantSource clock;

    /** How the connection is protected. */
    enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /** @param user none speaks to the server without a login */
    record Server(String host, int port, Security security, Optional<String> user, String secret, String from) {}

    Email(Server server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        Properties settings = new Properties();
        String protocol = "mail." + protocol() + ".";
        settings.put(protocol + "connectiontimeout", SILENCE_MILLIS);
        settings.put(protocol + "timeout", SILENCE_MILLIS);
        settings.put(protocol + "quitwait", "false");
        settings.put(protocol + "auth", Boolean.toString(server.user.isPresent()));
        settings.put(protocol + "ssl.checkserveridentity", "true");
        settings.put(protocol + "starttls.enable", Boolean.toString(server.security == Security.STARTTLS));
        settings.put(protocol + "starttls.required", Boolean.toString(server.security == Security.STARTTLS));
        this.session = Session.getInstance(settings);
    }

    private String protocol() {
        return server.security == Security.TLS ? "smtps" : "smtp";
    }

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    @Override
    public boolean needsAddress() {
        return true;
    }

    @Override
    public Optional<String> refusal(String to) {
        return isAddress(to)
                ? Optional.empty()
                : Optional.of("'" + to.replaceAll("\\p{Cntrl}", "?") + "' is no e-mail address such as a@example.org");
    }

    @Override
    public Delivered deliver(Message message, String to) {
        try (Transport transport = session.getTransport(protocol())) {
            // With a password it would log in as whoever runs the service.
            transport.connect(
                    server.host, server.port, server.user.orElse(null), server.user.isPresent() ? server.secret : null);
            MimeMessage mail = mail(message, to);
            transport.sendMessage(mail, mail.getAllRecipients());
            return new Delivered.HandedOver();
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    private MimeMessage mail(Message message, String to) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            // The same on every attempt.
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader(
                        "Message-ID",
                        "<" + message.id() + "@" + server.from.substring(server.from.indexOf('@') + 1) + ">");
            }
        };
        mail.setFrom(new InternetAddress(server.from));
        mail.setRecipient(RecipientType.TO, new InternetAddress(to));
        mail.setSubject(message.title(), "UTF-8");
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(
                String.join("\r\n", message.lines())
                        + message.link().map(l -> "\r\n\r\n" + l).orElse("") + "\r\n",
                "UTF-8");
        mail.saveChanges();
        return mail;
    }

    /** A reply of 5xx is for good; all else, such as a closed port, may pass. */
    private Delivered failed(MessagingException failure) {
        String why = "";
        for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            Matcher reply = REPLY.matcher(line + " ");
            if (reply.find()) {
                return reply.group(1).equals("5") ? new Delivered.Refused(line) : new Delivered.TryLater(line);
            }
            why = why.isEmpty() ? line : why;
        }
        return new Delivered.TryLater(server.host + ": " + why);
    }
}
