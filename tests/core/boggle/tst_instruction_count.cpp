// Instructions counted one by one: a loop of known length to the instruction, the same at every run, beside
// the processor's counter where that is to be had, and a fast solver that does the same work every time.
#include "app/cli/boggle_timing.h"
#include "app/cli/instruction_count.h"
#include "tests/core/boggle/boggle_cases.h"

#include <QtTest>
#include <numeric>

using namespace orrery;
using namespace orrery::cli;

namespace {

constexpr const char* kRefused = "the system permits no single steps (ptrace)";

#ifdef __x86_64__
/// Two instructions a turn.
[[gnu::noinline]] void turn(long turns) {
    asm volatile("1: dec %0\n\tjnz 1b" : "+r"(turns) : : "cc");
}
constexpr std::uint64_t kATurn = 2;

/// One instruction, whatever the length.
[[gnu::noinline]] void fill(char* begin, std::size_t length) {
    asm volatile("rep stosb" : "+D"(begin), "+c"(length) : "a"(0) : "memory");
}
#else
[[gnu::noinline]] void turn(long turns) {
    for (volatile long i = 0; i < turns; i = i + 1) {
    }
}
constexpr std::uint64_t kATurn = 3; // a load, a comparison and a store at least
#endif

} // namespace

class TestInstructionCount : public QObject {
    Q_OBJECT
  private slots:
    void aLoopOfKnownLength() {
        const Work pieces[] = {[] { turn(1); }, [] { turn(1000); }, [] { turn(3000); }, [] { turn(3000); }};
        const auto counts = countBySteps(pieces);
        if (!counts) QSKIP(kRefused);
        QCOMPARE(counts->size(), std::size_t{4});
        QVERIFY2((*counts)[0] < 40, qPrintable(QString::number((*counts)[0])));
        QVERIFY((*counts)[1] >= 1000 * kATurn);
        QCOMPARE((*counts)[2], (*counts)[3]);
#ifdef __x86_64__
        QCOMPARE((*counts)[1] - (*counts)[0], 999 * kATurn);
        QCOMPARE((*counts)[2] - (*counts)[1], 2000 * kATurn);
#endif
        QCOMPARE(*countBySteps(pieces), *counts);
    }

    void anInstructionThatRepeatsItselfIsOne() {
#ifdef __x86_64__
        std::vector<char> memory(4000);
        const Work pieces[] = {[&] { fill(memory.data(), 1); }, [&] { fill(memory.data(), 4000); }};
        const auto counts = countBySteps(pieces);
        if (!counts) QSKIP(kRefused);
        QCOMPARE((*counts)[0], (*counts)[1]);
#else
        QSKIP("this processor has none");
#endif
    }

    void aChildThatDiesIsNoCount() {
        const Work pieces[] = {[] { turn(10); }, [] { _exit(3); }};
        QVERIFY(!countBySteps(pieces));
        int changed = 0; // what a piece writes is the child's alone
        const Work harmless[] = {[&] { changed = 1; }};
        (void)countBySteps(harmless);
        QCOMPARE(changed, 0);
    }

    void agreesWithTheProcessor() {
        const HardwareCounter counter;
        const auto before = counter.read();
        turn(20'000);
        const auto after = counter.read();
        if (!before || !after) QSKIP("the system does not let its counter be read");
        const Work pieces[] = {[] { turn(20'000); }};
        const auto steps = countBySteps(pieces);
        if (!steps) QSKIP(kRefused);
        const auto counted = static_cast<double>(*after - *before);
        QVERIFY(counted > 40'000 && counted < 45'000);
        QVERIFY(std::abs(counted - static_cast<double>((*steps)[0])) < 5'000);
    }

    // Threads share the boards, and together do what one does.
    void threadsShareTheWorkOfOne() {
        const auto lexicon = boggle::cases::inventedLexicon(300, 3);
        std::vector<boggle::Board> boards;
        for (std::uint64_t i = 0; i < 48; ++i)
            boards.push_back(boggle::randomBoard(boggle::LetterSource::NewDice, 3, 5, i));
        BoggleTimingOptions options{.stepped = 16}; // a batch a thread
        const auto one = timeBoards(boards, lexicon, options), again = timeBoards(boards, lexicon, options);
        options.threads = 2;
        const auto two = timeBoards(boards, lexicon, options);
        QCOMPARE(one.points, two.points);
        QCOMPARE(one.paths, two.paths);
        if (!one.instructions) QSKIP(kRefused);
        QVERIFY(one.instructions->perBoard > 10.0 * one.instructions->pathsPerBoard);
        if (!one.instructions->bySteps) return;
        QCOMPARE(one.instructions->boards, std::size_t{16});
        QCOMPARE(again.instructions->perBoard, one.instructions->perBoard);
        QCOMPARE(two.instructions->ofThread.size(), std::size_t{2});
        QCOMPARE(two.instructions->pathsPerBoard, one.instructions->pathsPerBoard);
        const double ratio = two.instructions->perBoard / one.instructions->perBoard;
        QVERIFY2(std::abs(ratio - 1.0) < 0.02, qPrintable(QString::number(ratio)));
    }
};

QTEST_APPLESS_MAIN(TestInstructionCount)
#include "tst_instruction_count.moc"
