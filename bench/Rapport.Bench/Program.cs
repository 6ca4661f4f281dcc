using System.CommandLine;
using Rapport.Bench;

var root = new RootCommand("""
    Measures Rapport: makes a database of any size, serves it with the real program, asks it as browsers do, and says how long the answers took.

      dotnet run -c Release --project bench/Rapport.Bench -- generate --parties 1000000 --interactions 10000000 --out /tmp/bench-1m
      dotnet run -c Release --project bench/Rapport.Bench -- brief --data /tmp/bench-1m
    """)
{
    GenerateCommand.Build(),
    ScenarioCommand.Build("start", "From the start of the process to the first page, and the memory it holds when nobody asks for anything.", new StartScenario()),
    ScenarioCommand.Build("find", "What the Find box asks while somebody types: scraps of names, digits, addresses, words.", new FindScenario()),
    ScenarioCommand.Build("brief", "The brief of persons and organisations, those we speak with most more often, and their pages.", new BriefScenario()),
    ScenarioCommand.Build("today", "The front page, of the member with most customers and of others.", new TodayScenario()),
    ScenarioCommand.Build("list", "Customers, conversations and commitments, filtered and sorted in many ways, also far from the start.", new ListScenario()),
    ScenarioCommand.Build("commitments", "What is promised: the list with its filters, by week, on a calendar, one of them, and how they are kept.", new CommitmentScenario()),
    ScenarioCommand.Build("inbox", "The parts of the inbox, of the member with most customers and of others; conversations; what is found in them.", new InboxScenario()),
    ScenarioCommand.Build("import", "Rows a second when people are imported from CSV, into a new database.", new ImportScenario()),
    ScenarioCommand.Build("intake", "Mails a second when a mailbox is taken in, into a new database.", new IntakeScenario()),
    ScenarioCommand.Build("read", "Sentences a second, on one core, in which commitments are looked for; and texts that are meant to be slow.", new ReadScenario()),
    ScenarioCommand.Build("send", "Mails a second that leave the ledger for a mail server, beside a bare loop that sends the same ones.", new SendScenario()),
    ScenarioCommand.Build("remind", "Commitments a second that are gathered into one daily mail for each member, into a new database.", new RemindScenario()),
};
try
{
    return await root.Parse(args.Length == 0 ? ["--help"] : args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
