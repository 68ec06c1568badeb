package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest extends ChannelContract {
    private final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final java.util.List<AutoCloseable> open = new java.util.ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        mail.stop();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Override
    String address() {
        return "office@firm.example";
    }

    @Override
    SiteChannel to(Mood mood) {
        return channel(
                switch (mood) {
                    case GOOD -> {
                        mail.start();
                        yield mail.getSmtp().getPort();
                    }
                    case BUSY -> raw(out -> out.write("421 busy\r\n".getBytes(StandardCharsets.US_ASCII)));
                    case REFUSING -> raw(out -> out.write("554 no\r\n".getBytes(StandardCharsets.US_ASCII)));
                    case STALLING -> raw(out -> Thread.sleep(Long.MAX_VALUE));
                    case DRIPPING ->
                        raw(out -> {
                            while (true) {
                                out.write('2');
                                out.flush();
                                Thread.sleep(50);
                            }
                        });
                    case CLOSED -> {
                        try (ServerSocket socket = new ServerSocket(0)) {
                            yield socket.getLocalPort();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                });
    }

    private SiteChannel channel(int port) {
        return only("- name: mail\n  kind: email\n  host: 127.0.0.1\n  port: " + port
                + "\n  security: none\n  from: tean@bureau.example");
    }

    /** A server that says one thing. */
    private int raw(FarSide.Behaviour says) {
        try {
            ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            open.add(server);
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept();
                        OutputStream out = socket.getOutputStream()) {
                    says.answer(out);
                } catch (IOException | InterruptedException e) {
                    // The other side went away.
                }
            });
            return server.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private MimeMessage received() {
        assertThat(mail.waitForIncomingEmail(20_000, 1)).isTrue();
        return mail.getReceivedMessages()[0];
    }

    @Override
    String came() {
        return com.icegreen.greenmail.util.GreenMailUtil.getWholeMessage(received());
    }

    @Test
    void the_words_arrive_as_plain_text_in_utf_8() throws Exception {
        to(Mood.GOOD).deliver(message("【紧急】困人", "地点：文三路 1 号"), address());
        MimeMessage message = received();
        assertThat(message.getSubject()).isEqualTo("【紧急】困人");
        assertThat(message.isMimeType("text/plain")).isTrue();
        assertThat(message.getContent().toString()).contains("地点：文三路 1 号", "https://tean.example/r/abc");
        assertThat(message.getMessageID()).isEqualTo("<" + ID + "@bureau.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example\r\nBcc: c@d.example",
                "a@b.example, c@d.example",
                "\"a b\"@c.example",
                "A <a@b.example>",
                "nobody",
                "",
                "a@b.example\u0000"
            })
    void what_is_no_single_address_is_refused_unsent(String to) throws Exception {
        mail.start();
        assertThat(channel(mail.getSmtp().getPort()).deliver(message("x", "y"), to))
                .isInstanceOf(Delivered.Refused.class);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }
}
