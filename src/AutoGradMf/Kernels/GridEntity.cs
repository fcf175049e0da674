using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>The rows of an entity, cut into blocks of about equally many samples and rows together.</summary>
internal sealed class GridEntity(SamplePlace[] places)
{
    private readonly long[] _pointers = new long[places[0].Count + 1];
    private readonly int[] _blockOf = new int[places[0].Count];

    /// <summary>How many rows it has.</summary>
    public int Rows => _blockOf.Length;

    /// <summary>How many blocks its rows are cut into.</summary>
    public int Blocks { get; private set; }

    /// <summary>Whether it is read in a place.</summary>
    public bool Has(SamplePlace place) => place.Entity == places[0].Entity;

    /// <summary>The block of a row.</summary>
    public int BlockOf(int row) => _blockOf[row];

    /// <summary>Cuts the rows by how often samples read them now.</summary>
    public void Cut(int blocks)
    {
        Blocks = blocks;
        Array.Clear(_pointers);
        foreach (var place in places)
        {
            foreach (var row in place.Rows)
            {
                _pointers[row + 1]++;
            }
        }

        for (var row = 0; row < Rows; row++)
        {
            _pointers[row + 1] += _pointers[row];
        }

        for (var block = 0; block < blocks; block++)
        {
            _blockOf.AsSpan(Chunks.Start(_pointers, block, blocks)..Chunks.Start(_pointers, block + 1, blocks)).Fill(block);
        }
    }
}
