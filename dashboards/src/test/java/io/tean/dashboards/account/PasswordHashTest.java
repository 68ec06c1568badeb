package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final String PHC = "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}";

    private final PasswordHash hashes = new PasswordHash();

    @Test
    void hash_isAPhcString_withSaltAndCost() {
        assertThat(hashes.of("correct horse battery")).matches(PHC);
    }

    @Test
    void samePassword_hasAnotherHashEachTime() {
        assertThat(hashes.of("correct horse battery")).isNotEqualTo(hashes.of("correct horse battery"));
    }

    @Test
    void password_matchesItsHash_andNoOtherDoes() {
        String hash = hashes.of("电梯困人救援 battery");
        assertThat(hashes.matches("电梯困人救援 battery", hash)).isTrue();
        assertThat(hashes.matches("电梯困人救援 batterY", hash)).isFalse();
        assertThat(hashes.matches("", hash)).isFalse();
    }

    @Test
    void unknownAccount_costsTheSameComparison() {
        assertThat(hashes.hashOfNothing()).matches(PHC);
        hashes.matchesNothing("whatever somebody types");
    }
}
