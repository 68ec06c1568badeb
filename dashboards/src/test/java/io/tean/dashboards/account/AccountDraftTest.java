package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.screen.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountDraftTest {
    private static final String CODE = "913708000000000001";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Duty", "1duty", "duty operator", "值班员", "duty\0", "a/b"})
    void otherNames_areRefused(String name) {
        assertThat(new AccountDraft(name, "Duty", "dispatcher", "", "").problems())
                .containsEntry(AccountDraft.NAME, Word.WRONG_ACCOUNT_NAME);
    }

    @Test
    void nameThatIsAnAddressOfOurs_isRefused() {
        assertThat(new AccountDraft("new", "Duty", "dispatcher", "", "").problems())
                .containsEntry(AccountDraft.NAME, Word.WRONG_ACCOUNT_RESERVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0", "\ud800"})
    void displayName_isMadeOfCharacters(String displayName) {
        assertThat(new AccountDraft("duty", displayName, "dispatcher", "", "").problems())
                .containsEntry(AccountDraft.DISPLAY_NAME, Word.WRONG_DISPLAY_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "91370800000000000\0", "91370800000000000a"})
    void organisation_isACreditCode(String organisation) {
        assertThat(new AccountDraft("firm", "Firm", "firm", organisation, "").problems())
                .containsEntry(AccountDraft.ORGANISATION, Word.WRONG_ORGANISATION_UNKNOWN);
    }

    @Test
    void rightsThatDoNotGoTogether_areAllNamedAtOnce() {
        assertThat(new AccountDraft("A", "", "administrator", CODE, "370800").problems())
                .containsEntry(AccountDraft.NAME, Word.WRONG_ACCOUNT_NAME)
                .containsEntry(AccountDraft.DISPLAY_NAME, Word.WRONG_DISPLAY_NAME)
                .containsEntry(AccountDraft.ORGANISATION, Word.WRONG_ORGANISATION_ROLE)
                .containsEntry(AccountDraft.DIVISION, Word.WRONG_DIVISION_ROLE);
    }
}
