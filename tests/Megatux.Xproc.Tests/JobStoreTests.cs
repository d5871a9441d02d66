using System.Text;
using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class JobStoreTests
{
    private static readonly NodeSet Nodes = NodeSet.Parse("n[0-3]");

    [Fact]
    public void A_job_is_found_again_as_far_as_its_last_whole_record_wherever_it_was_cut_off()
    {
        using var folder = new TempFolder();
        byte[] whole;
        long first;
        using (JobStore store = JobStore.Open(folder["jobs"]))
        {
            StoredJob job = store.Create(Head(7));
            job.Append([Output("n[0-3]", 0, "first\n")]);
            first = job.Length;
            job.Append([Output("n1", 1, "second\n")]);
            whole = File.ReadAllBytes(RecordsOf(job));
        }

        for (int cut = whole.Length; cut >= 0; cut--)
        {
            File.WriteAllBytes(Path.Combine(folder["jobs"], "0000000000000007", "records"), whole[..cut]);
            using JobStore store = JobStore.Open(folder["jobs"]);
            StoredJob job = Assert.Single(store.Running);
            string[] found = cut == whole.Length ? ["first\n", "second\n"] : cut >= first ? ["first\n"] : [];
            Assert.Equal(found, job.Records().Select(Text));
            Assert.Equal(job.Length, new FileInfo(RecordsOf(job)).Length);

            // What comes next follows what is whole.
            job.Append([Output("n2", 1, "third\n")]);
            Assert.Equal([.. found, "third\n"], job.Records().Select(Text));
        }
    }

    [Fact]
    public void A_job_whose_end_was_kept_has_its_result_after_a_restart()
    {
        using var folder = new TempFolder();
        using (JobStore store = JobStore.Open(folder["jobs"]))
        {
            StoredJob job = store.Create(Head(7));
            job.Append([Exit("n[0-1]", 0, 0), Exit("n2", 0, 3), new JobRecord(NodeSet.Parse("n3"), 0, RecordKind.Lost, default)]);
            store.Finish(job, DateTimeOffset.UnixEpoch.AddYears(50));
        }

        using JobStore again = JobStore.Open(folder["jobs"]);
        Assert.Empty(again.Running);
        StoredJob over = Assert.Single(again.Jobs);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddYears(50), over.Ended);
        Assert.Equal(("n[0-1]", "n2", "n3"), (over.Result.Succeeded.ToString(), over.Result.ByCode[3].ToString(), over.Result.Lost.ToString()));
        Assert.Equal(3, over.Records().Count());
    }

    [Fact]
    public void Of_jobs_that_are_over_the_last_ones_are_kept()
    {
        using var folder = new TempFolder();
        using JobStore store = JobStore.Open(folder["jobs"], new JobLimits { FinishedJobs = 3, FinishedBytes = 2000 });
        StoredJob running = store.Create(Head(1));
        for (ulong number = 2; number <= 6; number++)
            store.Finish(store.Create(Head(number)), DateTimeOffset.UnixEpoch.AddSeconds(number));
        Assert.Equal([1ul, 4, 5, 6], Numbers(store));
        StoredJob large = store.Create(Head(7));
        large.Append([Output("n0", 0, new string('x', 1900))]);
        store.Finish(large, DateTimeOffset.UnixEpoch.AddSeconds(7));
        Assert.Equal([1ul, 5, 6, 7], Numbers(store));
        StoredJob larger = store.Create(Head(8));
        larger.Append([Output("n0", 0, new string('x', 3000))]);
        store.Finish(larger, DateTimeOffset.UnixEpoch.AddSeconds(8));
        Assert.Equal([1ul, 8], Numbers(store));
        Assert.Equal(2, Directory.GetDirectories(folder["jobs"]).Length);
        Assert.False(running.IsOver);
    }

    [Fact]
    public void Output_beyond_what_is_kept_is_counted_and_does_not_have_to_come_again()
    {
        using var folder = new TempFolder();
        var limits = new JobLimits { JobBytes = 4000, DroppedRecordBytes = 1000 };
        using (JobStore store = JobStore.Open(folder["jobs"], limits))
        {
            StoredJob job = store.Create(Head(7));
            for (uint sequence = 0; sequence < 10; sequence++)
                job.Append([Output("n0", sequence, new string('x', 1000))]);
            Assert.Equal(7000, job.Result.DroppedBytes);
            Assert.False(job.IsBroken);
        }

        using JobStore again = JobStore.Open(folder["jobs"], limits);
        StoredJob found = Assert.Single(again.Running);
        Assert.Equal(7000, found.Result.DroppedBytes);
        var root = new JobCollector(Nodes);
        foreach (JobRecord record in found.Records())
            Assert.NotNull(root.Take(record, out _));
        Assert.NotNull(root.Take(Exit("n0", 10, 0), out _));

        // One that never stops is not kept for ever.
        for (uint sequence = 10; sequence < 100; sequence++)
            found.Append([Output("n0", sequence, new string('x', 1000))]);
        Assert.True(found.IsBroken);
        Assert.InRange(found.Length, 0, limits.JobBytes + (2 * limits.DroppedRecordBytes));
        found.Append([new JobRecord(Nodes, 0, RecordKind.Lost, default)]);
        Assert.Equal(Nodes, found.Result.Lost);
    }

    [Fact]
    public void A_full_disk_ends_its_job_with_one_reason_and_harms_no_other()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["small"]);
        Command.Run("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder["small"]]).Succeeded();
        try
        {
            using (JobStore store = JobStore.Open(Path.Combine(folder["small"], "jobs")))
            {
                StoredJob other = store.Create(Head(1)), job = store.Create(Head(2));
                other.Append([Output("n0", 0, "kept\n")]);
                for (uint sequence = 0; !job.IsBroken; sequence++)
                    job.Append([Output("n0", sequence, new string('x', JobRecord.MostBytes))]);
                Assert.Contains("No space left", job.Result.Problem, StringComparison.Ordinal);
                MegatuxException refused = Assert.Throws<MegatuxException>(() => Fill(store));
                Assert.Equal(ErrorCodes.JobNotKept, refused.Problem.Code);
                job.Append([new JobRecord(Nodes, 0, RecordKind.Lost, default)]);
                store.Finish(job, DateTimeOffset.UtcNow);
                Assert.Equal(Nodes, job.Result.Lost);
                Assert.Equal("kept\n", Text(Assert.Single(other.Records())));
            }

            // It is over for the root's successor as well, which would otherwise start it again.
            using JobStore again = JobStore.Open(Path.Combine(folder["small"], "jobs"));
            Assert.DoesNotContain(2ul, again.Running.Select(job => job.Head.Number));
            Assert.Equal("kept\n", Text(Assert.Single(again.Find(1)!.Records())));
        }
        finally
        {
            Command.Run("umount", [folder["small"]]).Succeeded();
        }
    }

    [Fact]
    public void What_nobody_was_told_of_is_no_job()
    {
        using var folder = new TempFolder();
        using (JobStore store = JobStore.Open(folder["jobs"]))
            store.Create(Head(7));
        string head = Path.Combine(folder["jobs"], "0000000000000007", "job");
        File.WriteAllBytes(head, File.ReadAllBytes(head)[..^1]);
        using JobStore again = JobStore.Open(folder["jobs"]);
        Assert.Empty(again.Jobs);
        Assert.Empty(Directory.GetDirectories(folder["jobs"]));
    }

    private static void Fill(JobStore store)
    {
        for (ulong number = 10; number < 10_000; number++)
            store.Create(Head(number));
    }

    private static ulong[] Numbers(JobStore store) => [.. store.Jobs.Select(job => job.Head.Number).Order()];

    private static JobHead Head(ulong number) =>
        new(number, DateTimeOffset.UnixEpoch.AddYears(40).AddSeconds(number), Nodes, NodeSet.Empty, new JobSpec { Words = ["true"] });

    private static JobRecord Output(string nodes, uint sequence, string text) => new(NodeSet.Parse(nodes), sequence, RecordKind.Output, Encoding.UTF8.GetBytes(text));

    private static JobRecord Exit(string nodes, uint sequence, int code) => new(NodeSet.Parse(nodes), sequence, RecordKind.Exit, JobRecord.BytesOf(code));

    private static string Text(JobRecord record) => Encoding.UTF8.GetString(record.Bytes.Span);

    private static string RecordsOf(StoredJob job) => Path.Combine(job.FolderPath, "records");
}
