using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_chunk_runs_exactly_once_however_often_work_is_run(int threads)
    {
        using var workers = new Workers(threads);
        var runs = new int[37];
        for (var round = 0; round < 2000; round++)
        {
            var work = new Counting { Runs = runs };
            workers.Run(ref work, 1 + (round % 37));
        }

        var expected = Enumerable.Range(0, 37).Select(chunk => Enumerable.Range(0, 2000).Count(round => round % 37 >= chunk));
        Assert.Equal(expected, runs);
    }

    [Fact]
    public void Several_threads_may_share_a_pool()
    {
        using var workers = new Workers(3);
        var runs = Enumerable.Range(0, 4).Select(_ => new int[20]).ToArray();
        var callers = runs.Select(own => new Thread(() =>
        {
            for (var round = 0; round < 500; round++)
            {
                var work = new Counting { Runs = own };
                workers.Run(ref work, own.Length);
            }
        })).ToArray();
        foreach (var caller in callers)
        {
            caller.Start();
        }

        foreach (var caller in callers)
        {
            caller.Join();
        }

        Assert.All(runs, own => Assert.All(own, count => Assert.Equal(500, count)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_chunk_throws_reaches_the_caller_and_leaves_the_pool_usable(int threads)
    {
        using var workers = new Workers(threads);
        for (var round = 0; round < 100; round++)
        {
            Assert.Throws<InvalidOperationException>(() =>
            {
                var work = default(Throwing);
                workers.Run(ref work, 50);
            });
        }

        var runs = new int[50];
        var counting = new Counting { Runs = runs };
        workers.Run(ref counting, 50);
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_pool_that_has_ended_says_so()
    {
        var workers = new Workers(2);
        workers.Dispose();
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var work = new Counting { Runs = new int[5] };
            workers.Run(ref work, 5);
        });
        Assert.Throws<InvalidOperationException>(Workers.Shared.Dispose);
    }

    private struct Counting : IChunkedWork
    {
        public int[] Runs;

        public readonly void Run(int chunk) => Interlocked.Increment(ref Runs[chunk]);
    }

    private struct Throwing : IChunkedWork
    {
        public readonly void Run(int chunk)
        {
            if (chunk % 3 == 1)
            {
                throw new InvalidOperationException("A chunk failed.");
            }
        }
    }
}
