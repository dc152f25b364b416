// The import preview, driven as a person drives it.
#include "widgets/data/import_dialog.h"

#include "tests/widgets/data/pictures.h"
#include "widgets/data/row_choices.h"
#include "widgets/data/table_view.h"

#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

using namespace orrery;

namespace {

constexpr int kPatience = 30000;

QPushButton* button(const QWidget& widget, const QString& text) {
    for (QPushButton* one : widget.findChildren<QPushButton*>())
        if (one->text() == text && one->isVisible()) return one;
    return nullptr;
}

QLineEdit* field(const QWidget& widget, const QString& accessibleName) {
    for (QLineEdit* one : widget.findChildren<QLineEdit*>())
        if (one->accessibleName() == accessibleName) return one;
    return nullptr;
}

QComboBox* combo(const QWidget& widget, const QString& accessibleName) {
    for (QComboBox* one : widget.findChildren<QComboBox*>())
        if (one->accessibleName() == accessibleName) return one;
    return nullptr;
}

int rowOf(const ColumnModel& columns, const QString& name) {
    for (int row = 0; row < columns.rowCount(); ++row)
        if (columns.name(row) == name) return row;
    return -1;
}

} // namespace

class TestImportDialog : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(text);
        return file.fileName();
    }
    QString penguins() {
        QByteArray text = "id,species,bill length,mass,island,year\n";
        const char* const species[] = {"Adelie", "Gentoo", "Chinstrap"};
        for (int i = 0; i < 60; ++i)
            text += QByteArray::number(i) + ',' + species[i % 3] + ',' +
                    (i % 20 == 7 ? QByteArray("NA") : QByteArray::number(38 + (i * 7 % 13) * 0.7)) + ',' +
                    QByteArray::number(3200 + (i * 37 % 61) * 31) + ',' + (i % 2 ? "Dream" : "Biscoe") + ',' +
                    QByteArray::number(2007 + i % 3) + '\n';
        return write(QStringLiteral("penguins.csv"), text);
    }
    static void openAndWait(ImportDialog& dialog, const QString& path) {
        dialog.show();
        dialog.openPath(path);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isReady(), kPatience);
    }

  private Q_SLOTS:
    void saysWhatWillHappen() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        QCOMPARE(dialog.dataset().table->rows(), 60u);
        QVERIFY2(dialog.outcomeSentence().startsWith(
                     QStringLiteral("57 rows × 4 features, 3 rows dropped for missing values, target species "
                                    "with 3 levels, scaling: standardised")),
                 qPrintable(dialog.outcomeSentence()));
        QVERIFY(button(dialog, QStringLiteral("Import"))->isEnabled());
    }

    void choosingATargetByKeyAndByList() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        auto* list = dialog.findChild<ColumnList*>();
        list->setFocus();
        list->setCurrentIndex(list->model()->index(3, 0));
        QTest::keyClick(list, Qt::Key_T);
        QTRY_VERIFY(dialog.isReady());
        QCOMPARE(dialog.dataset().roles.target, std::string("mass"));
        QVERIFY(dialog.outcomeSentence().contains(QStringLiteral("target mass, ")));
        auto* target = combo(dialog, QStringLiteral("Target"));
        QCOMPARE(target->currentText(), QStringLiteral("mass"));
        target->setCurrentIndex(2);
        Q_EMIT target->activated(2);
        QCOMPARE(dialog.dataset().roles.target, std::string("bill length"));
    }

    void usingAndLeavingOutColumns() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        auto* list = dialog.findChild<ColumnList*>();
        // A click on the box of "mass".
        const QRect line =
            list->visualRect(list->model()->index(rowOf(*dialog.columns(), QStringLiteral("mass")), 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(22, line.center().y()));
        QVERIFY(!dialog.columns()->isUsed(3));
        list->setCurrentIndex(list->model()->index(5, 0));
        QTest::keyClick(list, Qt::Key_Space);
        const auto features = dialog.dataset().roles.features;
        QCOMPARE(features, (std::vector<std::string>{"bill length", "island"}));
        // Year as a category gives a column a level but one.
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(list, Qt::Key_C);
        QTRY_VERIFY(dialog.isReady());
        QCOMPARE(dialog.dataset().asCategory, std::vector<std::string>{"year"});
        QVERIFY2(dialog.outcomeSentence().contains(QStringLiteral("× 4 features")),
                 qPrintable(dialog.outcomeSentence()));
        // None at all cannot be imported: it would mean "all".
        dialog.columns()->setAllUsed(false);
        QVERIFY(!button(dialog, QStringLiteral("Import"))->isEnabled());
        QVERIFY(dialog.outcomeSentence().contains(QStringLiteral("at least one column")));
    }

    void searchNarrowsTheList() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        auto* list = dialog.findChild<ColumnList*>();
        QCOMPARE(list->shownCount(), 6);
        list->setSearch(QStringLiteral("MA"));
        QCOMPARE(list->shownCount(), 1);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(!dialog.columns()->isUsed(rowOf(*dialog.columns(), QStringLiteral("mass"))));
    }

    void aBadFilterSaysWhere() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        auto* filter = field(dialog, QStringLiteral("Row filter"));
        QTest::keyClicks(filter, QStringLiteral("mass > 4000 and"));
        QTRY_VERIFY(dialog.isReady());
        const auto labels = dialog.findChild<RowChoices*>()->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(
            labels, [](const QLabel* label) { return label->text().contains(QStringLiteral("character")); }));
        QVERIFY(!button(dialog, QStringLiteral("Import"))->isEnabled());
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(dialog.isVisible());
        filter->clear();
        QTest::keyClicks(filter, QStringLiteral("mass > 4000 and species == \"Gentoo\""));
        QTRY_VERIFY(dialog.isReady());
        QVERIFY(button(dialog, QStringLiteral("Import"))->isEnabled());
        const auto passing = data::rowsPassing(*dialog.dataset().table, dialog.dataset().rowFilter);
        const QString words = QStringLiteral("%1 of 60 rows pass").arg(passing->size());
        QVERIFY(
            std::ranges::any_of(labels, [&words](const QLabel* label) { return label->text() == words; }));
    }

    void importHandsOverTheChoices() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        QSignalSpy spy(&dialog, &ImportDialog::imported);
        QTest::mouseClick(button(dialog, QStringLiteral("Import")), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        const auto dataset = spy.first()[0].value<data::Dataset>();
        QCOMPARE(dataset.roles.target, std::string("species"));
        QVERIFY(dataset.roles.features.empty());
        QCOMPARE(spy.first()[1].value<ImportSource>().path, dialog.source().path);
        QVERIFY(!dialog.isVisible());
    }

    void aBrokenFileIsOneSentenceAndLosesNothing() {
        const QString broken = write(QStringLiteral("broken.csv"), "a,b\n1,2\n3,4,5\n");
        ImportDialog dialog;
        dialog.show();
        dialog.openPath(broken);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.failure().isEmpty(), kPatience);
        QVERIFY2(dialog.failure().contains(QStringLiteral("broken.csv")) &&
                     dialog.failure().contains(QStringLiteral("3")),
                 qPrintable(dialog.failure()));
        QVERIFY(!dialog.failure().contains(QLatin1Char('\n')));
        QVERIFY(!button(dialog, QStringLiteral("Import"))->isEnabled());
        QVERIFY(button(dialog, QStringLiteral("Another file…")));
        // A good one after it, then the broken one again: the good one stays.
        openAndWait(dialog, penguins());
        QVERIFY(dialog.failure().isEmpty());
        dialog.columns()->setTarget(3);
        dialog.openPath(broken);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.failure().isEmpty(), kPatience);
        QVERIFY(dialog.source().path.endsWith(QStringLiteral("penguins.csv")));
        QCOMPARE(dialog.dataset().roles.target, std::string("mass"));
        QTRY_VERIFY(button(dialog, QStringLiteral("Import"))->isEnabled());
    }

    void cancellingALongRead() {
        QByteArray line;
        for (int i = 0; i < 12; ++i)
            line += (i ? "," : "") + QByteArray::number(0.123456789 * (i + 1), 'g', 12);
        const QString path =
            write(QStringLiteral("long.csv"), "a,b,c,d,e,f,g,h,i,j,k,l\n" + (line + '\n').repeated(800'000));
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        dialog.openPath(path);
        QVERIFY(dialog.isLoading());
        QVERIFY(button(dialog, QStringLiteral("Cancel reading")));
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isLoading());
        QVERIFY2(clock.elapsed() < 100, "the window must not wait for the reader");
        QVERIFY(dialog.isVisible());
        QVERIFY(dialog.source().path.endsWith(QStringLiteral("penguins.csv")));
        QTest::qWait(50);
        QCOMPARE(dialog.dataset().table->rows(), 60u);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void readingAgainKeepsTheChoices() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        dialog.columns()->setTarget(3);
        auto* header = combo(dialog, QStringLiteral("Header"));
        header->setCurrentIndex(1);
        Q_EMIT header->activated(1);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isReady(), kPatience);
        QCOMPARE(dialog.dataset().roles.target, std::string("mass"));
        header->setCurrentIndex(2);
        Q_EMIT header->activated(2);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isReady(), kPatience);
        QCOMPARE(dialog.dataset().table->rows(), 61u);
        QVERIFY(dialog.source().options.header == data::HeaderMode::No);
    }

    void pastedCells() {
        ImportDialog dialog;
        dialog.show();
        dialog.openText(QStringLiteral("x\ty\n1\t2\n2\t3.5\n4\t5\n"));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isReady(), kPatience);
        QCOMPARE(dialog.dataset().table->rows(), 3u);
        QVERIFY2(dialog.outcomeSentence().startsWith(QStringLiteral("3 rows × 1 feature, target y")),
                 qPrintable(dialog.outcomeSentence()));
        QVERIFY(dialog.source().isPasted());
    }

    void sqliteTableAndQuery() {
        const QString path = m_folder.filePath(QStringLiteral("shop.data"));
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("filling"));
            database.setDatabaseName(path);
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(QStringLiteral("CREATE TABLE a_first (x REAL, y REAL)")));
            QVERIFY(query.exec(QStringLiteral("INSERT INTO a_first VALUES (1, 2), (2, 3)")));
            QVERIFY(query.exec(QStringLiteral("CREATE TABLE sales (day INTEGER, price REAL, quality TEXT)")));
            for (int i = 0; i < 30; ++i)
                QVERIFY(query.exec(QStringLiteral("INSERT INTO sales VALUES (%1, %2, '%3')")
                                       .arg(i)
                                       .arg(i * 1.5)
                                       .arg(QLatin1String(i % 2 ? "good" : "bad"))));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("filling"));
        ImportDialog dialog;
        openAndWait(dialog, path);
        auto* table = combo(dialog, QStringLiteral("Table"));
        QVERIFY(table->isVisible());
        QCOMPARE(table->count(), 2);
        QCOMPARE(dialog.dataset().table->rows(), 2u);
        table->setCurrentIndex(1);
        Q_EMIT table->activated(1);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isReady(), kPatience);
        QCOMPARE(dialog.dataset().table->rows(), 30u);
        auto* query = field(dialog, QStringLiteral("Query"));
        QTest::keyClicks(query, QStringLiteral("SELECT * FROM sales WHERE dayy > 9"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.failure().isEmpty(), kPatience);
        QVERIFY2(dialog.failure().contains(QStringLiteral("at character 27")), qPrintable(dialog.failure()));
        QCOMPARE(dialog.dataset().table->rows(), 30u);
        QCOMPARE(query->text(), QStringLiteral("SELECT * FROM sales WHERE dayy > 9"));
        query->setText(QStringLiteral("SELECT * FROM sales WHERE day > 9"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(dialog.dataset().table->rows(), 20u, kPatience);
        QCOMPARE(dialog.source().query, QStringLiteral("SELECT * FROM sales WHERE day > 9"));
        if (!qEnvironmentVariableIsEmpty("ORRERY_PICTURES")) {
            dialog.resize(dialog.sizeHint());
            QTest::qWait(200);
            testing::picture(dialog, QStringLiteral("import-sqlite"));
        }
    }

    void picturesInEveryTheme() {
        ImportDialog dialog;
        openAndWait(dialog, penguins());
        dialog.resize(dialog.sizeHint());
        dialog.findChild<ColumnList*>()->setFocus();
        for (const ThemeKind kind : testing::kThemes) {
            const Theme theme = Theme::of(kind);
            applyTheme(&dialog, theme);
            QTest::qWait(20);
            const QImage image = testing::picture(dialog, QStringLiteral("import-%1").arg(themeName(kind)));
            QCOMPARE(testing::tokensSeen(image, {theme.surface, theme.line, theme.accent, theme.accentSoft,
                                                 theme.category(0).color}),
                     5);
        }
    }

    void picturesOfTheOtherPages() {
        if (qEnvironmentVariableIsEmpty("ORRERY_PICTURES")) QSKIP("only for looking at");
        ImportDialog dialog;
        dialog.show();
        dialog.resize(dialog.sizeHint());
        dialog.openPath(write(QStringLiteral("broken.csv"), "a,b\n1,2\n3,4,5\n"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.failure().isEmpty(), kPatience);
        testing::picture(dialog, QStringLiteral("import-failure"));
        openAndWait(dialog, penguins());
        dialog.openPath(m_folder.filePath(QStringLiteral("broken.csv")));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.failure().isEmpty(), kPatience);
        QTest::keyClicks(field(dialog, QStringLiteral("Row filter")), QStringLiteral("mass > 4000 and"));
        QTRY_VERIFY(dialog.isReady());
        testing::picture(dialog, QStringLiteral("import-banner"));
        dialog.resize(dialog.minimumSizeHint());
        QTest::qWait(50);
        testing::picture(dialog, QStringLiteral("import-smallest"));
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
