package dev.assay.cli;

import dev.assay.cli.base.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: a command's own options first, those that all commands have after them. */
final class HelpLayout {
  private static final int WIDTH = 100;

  private HelpLayout() {}

  static void applyTo(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    line.getCommandSpec()
        .usageMessage()
        .abbreviateSynopsis(true)
        .commandListHeading("%nCommands:%n");
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::ownThenGlobal);
    if (line.getParent() == null) {
      line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, _ -> exitCodes());
    }
    line.getSubcommands().values().forEach(HelpLayout::applyTo);
  }

  private static String ownThenGlobal(Help help) {
    boolean root = help.commandSpec().parent() == null;
    List<OptionSpec> options =
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList();
    List<OptionSpec> global =
        options.stream().filter(option -> root || option.inherited()).toList();
    List<OptionSpec> own = options.stream().filter(option -> !global.contains(option)).toList();
    return section("Options", help, own)
        + section(root ? "Options, for all commands" : "Options of all commands", help, global);
  }

  private static String section(String title, Help help, List<OptionSpec> options) {
    if (options.isEmpty()) {
      return "";
    }
    Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
    return "%n%s:%n%s".formatted(title, layout);
  }

  private static String exitCodes() {
    StringBuilder text = new StringBuilder("%nExit codes:%n".formatted());
    ExitCode.byNumber()
        .forEach(code -> text.append("  %3d  %s%n".formatted(code.number(), code.meaning())));
    return text.toString();
  }
}
