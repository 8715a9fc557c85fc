package dev.assay.model.run;

/**
 * Data that a run read.
 *
 * @param name the dataset's name
 * @param digest its digest in the source's own form; empty if the record has none
 * @param context what it was for, such as {@code training}; empty if the record doesn't say
 */
public record Dataset(String name, String digest, String context) {}
