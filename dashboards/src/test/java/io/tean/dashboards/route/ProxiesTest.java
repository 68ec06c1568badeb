package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.dashboards.route.Received.Origin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final Proxies NONE = Proxies.of(List.of());
    private static final Proxies OURS = Proxies.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48", "::1"));

    @Test
    void straightFromThisMachine_isANeighbour() {
        assertThat(NONE.origin("127.0.0.1", Optional.empty())).isEqualTo(new Origin("127.0.0.1", true));
        assertThat(NONE.origin("0:0:0:0:0:0:0:1", Optional.empty())).isEqualTo(new Origin("0:0:0:0:0:0:0:1", true));
    }

    @Test
    void straightFromElsewhere_isItself() {
        assertThat(NONE.origin("203.0.113.5", Optional.empty())).isEqualTo(new Origin("203.0.113.5", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "", "garbage", "203.0.113.9"})
    void errandOfAProxyOnThisMachine_isNoNeighbour_whateverItSays(String forwarded) {
        assertThat(NONE.origin("127.0.0.1", Optional.of(forwarded))).isEqualTo(new Origin("127.0.0.1", false));
    }

    @Test
    void forgedWordOfAnUntrustedPeer_isNotBelieved() {
        assertThat(OURS.origin("203.0.113.5", Optional.of("127.0.0.1"))).isEqualTo(new Origin("203.0.113.5", false));
    }

    @Test
    void wordOfATrustedPeer_isBelieved() {
        assertThat(OURS.origin("10.1.2.3", Optional.of("203.0.113.5"))).isEqualTo(new Origin("203.0.113.5", false));
    }

    @Test
    void whatThePersonWroteItself_isNotBelieved_forTheProxyAppends() {
        assertThat(address("10.1.2.3", "127.0.0.1, 198.51.100.1, 203.0.113.5")).isEqualTo("203.0.113.5");
    }

    @Test
    void severalTrustedHops_areAllGoneBack() {
        assertThat(address("10.1.2.3", "198.51.100.1, 203.0.113.5, 192.0.2.7 ,10.9.9.9"))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void onlyTrustedHops_giveTheFarthest() {
        assertThat(address("10.1.2.3", "10.0.0.1, 192.0.2.7")).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "garbage, 10.1.2.3",
        "'', 10.1.2.3",
        "',,,', 10.1.2.3",
        "unknown, 10.1.2.3",
        "dead, 10.1.2.3",
        "::::, 10.1.2.3",
        "1.2.3.4.5.6, 10.1.2.3",
        "10.1, 10.1.2.3",
        "999.1.1.1, 10.1.2.3",
        "localhost, 10.1.2.3",
        "203.0.113.5:1234, 10.1.2.3",
        "'203.0.113.5, garbage', 10.1.2.3",
        "'garbage, 203.0.113.5', 203.0.113.5",
        "'203.0.113.5, 10.7.7.7, garbage, 192.0.2.7', 192.0.2.7"
    })
    void whatIsNoAddress_endsTheWayBack(String forwarded, String expected) {
        assertThat(address("10.1.2.3", forwarded)).isEqualTo(expected);
    }

    @Test
    void lineBreakInAHop_isNoAddress() {
        assertThat(address("10.1.2.3", "203.0.113.5\r\nforged")).isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::5",
                "2001:DB8::5",
                "2001:db8:0:0:0:0:0:5",
                "2001:0db8::0005",
                "[2001:db8::5]",
                "2001:db8::5%eth0"
            })
    void oneIpv6Address_hasOneForm(String written) {
        assertThat(address("10.1.2.3", written)).isEqualTo("2001:db8:0:0:0:0:0:5");
    }

    @Test
    void ipv4WrittenAsIpv6_isIpv4() {
        assertThat(address("10.1.2.3", "203.0.113.5, ::ffff:10.5.5.5")).isEqualTo("203.0.113.5");
    }

    @Test
    void networkOfIpv6_holdsItsAddresses_andNoOthers() {
        assertThat(address("2001:db8:1:ffff:0:0:0:1", "203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(address("2001:db8:2:0:0:0:0:1", "203.0.113.5")).isEqualTo("2001:db8:2:0:0:0:0:1");
    }

    @Test
    void networkOfOneFamily_holdsNoneOfTheOther() {
        Proxies all = Proxies.of(List.of("0.0.0.0/0"));
        assertThat(all.origin("2001:db8:2:0:0:0:0:1", Optional.of("203.0.113.5"))
                        .address())
                .isEqualTo("2001:db8:2:0:0:0:0:1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "0.0.0.0/0, 8.8.8.8, true"
    })
    void network_endsWhereItsBitsSay(String network, String peer, boolean trusted) {
        String believed = Proxies.of(List.of(network))
                .origin(peer, Optional.of("203.0.113.5"))
                .address();
        assertThat(believed).isEqualTo(trusted ? "203.0.113.5" : peer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "::/129",
                "10.0.0",
                "",
                "/8",
                "a",
                "*"
            })
    void settingThatIsNoNetwork_isNamed_withTheWayOut(String word) {
        assertThatThrownBy(() -> Proxies.of(List.of("10.0.0.0/8", word)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TEAN_HTTP_TRUSTED_PROXIES: '" + word
                        + "' is neither an address nor a network: write them like 10.1.2.3 or 10.0.0.0/8");
    }

    private static String address(String peer, String forwarded) {
        return OURS.origin(peer, Optional.of(forwarded)).address();
    }
}
