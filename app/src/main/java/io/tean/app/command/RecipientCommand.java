package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.alerting.Alerting;
import io.tean.alerting.notice.NoticeDesk;
import io.tean.core.audit.Actor;
import io.tean.core.notice.NoticeDecisions.Address;
import io.tean.core.notice.NoticeDecisions.Digest;
import io.tean.core.notice.NoticeDecisions.Duty;
import io.tean.core.notice.NoticeDecisions.RecipientDraft;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recipient",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Whom the bureau tells of its own; those of firms, stations and use units are on the page of recipients.")
final class RecipientCommand {
    @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a recipient of the bureau.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Such as a desk or a person.") String name,
            @Option(names = "--duty", required = true, paramLabel = "DUTY", description = "dispatcher or officer.")
                    String duty,
            @Option(
                            names = "--address",
                            required = true,
                            paramLabel = "CHANNEL=TO",
                            description =
                                    "A channel of TEAN_ALERTING_CHANNELS and what it wants, such as sms=13900000000; several are tried in"
                                            + " their order.")
                    List<String> addresses,
            @Option(
                            names = "--division",
                            paramLabel = "CODE",
                            defaultValue = "",
                            description = "Only of this administrative division. Default: of the whole city.")
                    String division,
            @Option(
                            names = "--language",
                            paramLabel = "LANGUAGE",
                            defaultValue = "zh",
                            description = "zh or en. Default ${DEFAULT-VALUE}.")
                    String language) {
        RecipientDraft draft = new RecipientDraft(
                OptionalInt.empty(),
                duty(duty),
                division,
                name,
                language,
                Digest.AT_ONCE,
                addresses.stream().map(RecipientCommand::address).toList());
        try (HikariDataSource database = Tean.database()) {
            int id = new NoticeDesk(database, Alerting.channels(Tean.settings().alerting()))
                    .addRecipient(draft, Actor.command());
            System.out.println("recipient " + id + " is told from now on");
            return 0;
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private static Duty duty(String word) {
        return Arrays.stream(Duty.values())
                .filter(duty -> duty == Duty.DISPATCHER || duty == Duty.OFFICER)
                .filter(duty -> duty.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandException("--duty '" + word + "' is neither dispatcher nor officer"));
    }

    private static Address address(String text) {
        String[] parts = text.split("=", 2);
        if (parts.length != 2) {
            throw new CommandException(
                    "--address '" + text + "' is not of the form CHANNEL=TO, such as sms=13900000000");
        }
        return new Address(parts[0], parts[1]);
    }
}
