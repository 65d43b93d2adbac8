package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Avu;

/** Objects compared by numbers: what is told, in whichever order. */
class ExpectationTest {
    private static final Set<Avu> WANTED = Set.of(
            new Avu("omero::image", "1", "0"), new Avu("omero::tag", "kidney", "x"), new Avu("omero::tag", "x", ""));

    private static Avu digest(String value) {
        return new Avu("omero::digest", value, "lsid");
    }

    private static Expectation expecting(Set<Avu> triples) {
        Expectation expectation = new Expectation();
        expectation.add(5, triples);
        return expectation;
    }

    @Test
    void theDigestAloneTellsThatNothingHasChanged() {
        Expectation expectation = expecting(WANTED);
        expectation.seesDigest(digest(TripleHash.digest(WANTED)), 5);
        assertThat(expectation.hasDigest()).isTrue();
        assertThat(expectation.isMet()).as("its triples were not looked at").isFalse();
    }

    @Test
    void itDoesNotMatterWhetherTheDigestOrTheWishIsKnownFirst() {
        Expectation expectation = new Expectation();
        expectation.seesDigest(digest(TripleHash.digest(WANTED)), 5);
        assertThat(expectation.isLeftover()).isTrue();
        expectation.add(5, WANTED);
        assertThat(expectation.hasDigest()).isTrue();
        assertThat(expectation.isLeftover()).isFalse();
    }

    @Test
    void anotherDigestOrTwoOrNoneIsADifference() {
        assertThat(expecting(WANTED).hasDigest()).isFalse();
        for (String wrong : List.of("0000000000000000", "no digest", "(empty)")) {
            Expectation expectation = expecting(WANTED);
            expectation.seesDigest(digest(wrong), 5);
            assertThat(expectation.hasDigest()).as(wrong).isFalse();
        }
        Expectation twice = expecting(WANTED);
        twice.seesDigest(digest(TripleHash.digest(WANTED)), 5);
        twice.seesDigest(digest("0000000000000001"), 5);
        assertThat(twice.hasDigest()).isFalse();
    }

    @Test
    void whatIsMissingOrTooMuchIsADifference() {
        Expectation all = expecting(WANTED);
        WANTED.forEach(all::sees);
        all.seesDigest(digest(TripleHash.digest(WANTED)), 5);
        assertThat(all.isMet()).isTrue();
        all.sees(new Avu("omero::tag", "of yesterday", ""));
        assertThat(all.isMet()).isFalse();
    }

    @Test
    void whatTwoFilesetsSayOfAnObjectCountsOnce() {
        Set<Avu> second = Set.of(new Avu("omero::image", "2", "0"), new Avu("omero::tag", "x", ""));
        Set<Avu> both = new HashSet<>(WANTED);
        both.addAll(second);
        Expectation expectation = expecting(WANTED);
        expectation.add(6, second);
        expectation.seesDigest(digest(TripleHash.digest(both)), 5);
        assertThat(expectation.hasDigest()).isTrue();
        assertThat(expectation.filesets()).containsExactly(5, 6);
    }

    @Test
    void triplesThatDifferInOnePlaceHaveOtherNumbers() {
        Set<Long> numbers = new HashSet<>();
        List<Avu> alike = List.of(
                new Avu("ab", "c", ""),
                new Avu("a", "bc", ""),
                new Avu("a", "b", "c"),
                new Avu("a", "c", "b"),
                new Avu("abc", "x", ""),
                new Avu("b", "a", "c"));
        alike.forEach(avu -> numbers.add(TripleHash.of(avu)));
        assertThat(numbers).hasSameSizeAs(alike);
        assertThat(TripleHash.digest(alike.reversed())).isEqualTo(TripleHash.digest(alike));
    }
}
