package io.tean.dashboards.account;

import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the page of one account shows.
 *
 * @param own whether it is the viewer's own one
 * @param lastAdministrator whether without it nobody could look after accounts any more
 * @param refused why what was asked for was not done
 */
public record AccountPage(
        Account account,
        AccountForm form,
        List<ApiToken> tokens,
        List<AccountChange> changes,
        boolean own,
        boolean lastAdministrator,
        Optional<Word> refused,
        Instant now) {
    public AccountPage {
        tokens = List.copyOf(tokens);
        changes = List.copyOf(changes);
    }
}
