// The page of data: what it lists, asks and shows; the generators with their live picture; recent files.
#include "widgets/data/data_panel.h"

#include "core/data/builtins.h"
#include "tests/widgets/data/pictures.h"
#include "widgets/data/pieces.h"
#include "widgets/data/recent_files.h"
#include "widgets/data/table_view.h"

#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace orrery;

namespace {

QPushButton* button(const QWidget& widget, const QString& text) {
    for (QPushButton* one : widget.findChildren<QPushButton*>())
        if (one->text() == text) return one;
    return nullptr;
}

data::Dataset builtin(const char* id) {
    data::Dataset dataset;
    dataset.table = *data::loadBuiltin(id);
    return dataset;
}

} // namespace

class TestDataPanel : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString touch(const QString& name) {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
    }

  private Q_SLOTS:
    void everySourceIsListed() {
        DataPanel panel;
        for (const auto& info : data::builtins())
            QVERIFY(panel.sources()->indexOf(SourceList::Kind::Builtin, QString::fromStdString(info.id)) >=
                    0);
        for (const auto& info : data::generators())
            QVERIFY(panel.sources()->indexOf(SourceList::Kind::Generator, QString::fromStdString(info.id)) >=
                    0);
        QCOMPARE(panel.sources()->indexOf(SourceList::Kind::Builtin, QStringLiteral("nothing")), -1);
    }

    void choosingAsksForIt() {
        DataPanel panel;
        panel.resize(1000, 700);
        panel.show();
        QSignalSpy builtins(&panel, &DataPanel::builtinRequested), opened(&panel, &DataPanel::openRequested),
            pasted(&panel, &DataPanel::pasteRequested);
        SourceList* list = panel.sources();
        const int wine = list->indexOf(SourceList::Kind::Builtin, QStringLiteral("wine"));
        const QModelIndex index = list->model()->index(wine, 0);
        list->scrollTo(index);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
        QCOMPARE(builtins.size(), 1);
        QCOMPARE(builtins.first().first().toString(), QStringLiteral("wine"));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(builtins.size(), 2);
        QTest::mouseClick(button(panel, QStringLiteral("Open…")), Qt::LeftButton);
        QTest::mouseClick(button(panel, QStringLiteral("Paste cells")), Qt::LeftButton);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(pasted.size(), 1);
    }

    void recentListOrder() {
        const QStringList paths{QStringLiteral("/a/one.csv"), QStringLiteral("/a/two.csv")};
        QCOMPARE(withRecent(paths, QStringLiteral("/a/two.csv")),
                 (QStringList{QStringLiteral("/a/two.csv"), QStringLiteral("/a/one.csv")}));
        QCOMPARE(withRecent(paths, QStringLiteral("/a/../a/one.csv")).size(), 2);
        QCOMPARE(withRecent(paths, QStringLiteral("/b.csv"), 2),
                 (QStringList{QStringLiteral("/b.csv"), QStringLiteral("/a/one.csv")}));
    }

    void missingFilesAreGreyedAndCanBeTakenOff() {
        DataPanel panel;
        panel.show();
        const QString here = touch(QStringLiteral("here.csv")),
                      gone = m_folder.filePath(QStringLiteral("gone.csv"));
        panel.setRecentFiles({gone, here});
        SourceList* list = panel.sources();
        const QModelIndex goneIndex = list->model()->index(list->indexOf(SourceList::Kind::Recent, gone), 0);
        const QModelIndex hereIndex = list->model()->index(list->indexOf(SourceList::Kind::Recent, here), 0);
        QVERIFY(!(goneIndex.flags() & Qt::ItemIsEnabled));
        QVERIFY(hereIndex.flags() & Qt::ItemIsEnabled);
        QVERIFY(
            goneIndex.data(SourceList::SentenceRole).toString().startsWith(QStringLiteral("no longer in ")));
        QSignalSpy asked(&panel, &DataPanel::fileRequested), changed(&panel, &DataPanel::recentFilesChanged);
        list->setCurrentSource(SourceList::Kind::Recent, gone);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(panel.recentFiles(), QStringList{here});
        list->setCurrentSource(SourceList::Kind::Recent, here);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(asked.first().first().toString(), here);
        panel.addRecentFile(gone);
        QCOMPARE(panel.recentFiles(), (QStringList{gone, here}));
    }

    void rowsAndBrushing() {
        DataPanel panel;
        panel.resize(1100, 700);
        panel.show();
        panel.setDataset(builtin("diabetes"));
        QCOMPARE(panel.table()->tableModel()->rowCount(), 442);
        QSignalSpy spy(&panel, &DataPanel::rowsSelected);
        panel.table()->selectRow(41);
        QCOMPARE(spy.last().first().value<std::vector<int>>(), std::vector<int>{41});
        panel.setHighlightedRows({400});
        QVERIFY(panel.table()->tableModel()->index(400, 0).data(TableModel::IsHighlightedRole).toBool());
    }

    void generatorsShowAndHandOver() {
        DataPanel panel;
        panel.resize(1100, 700);
        panel.show();
        panel.showGenerator(QStringLiteral("moons"));
        QVERIFY(panel.isShowingGenerator());
        GeneratorPanel* generator = panel.generatorPanel();
        QTRY_VERIFY_WITH_TIMEOUT(generator->isPreviewSettled(), 20000);
        const QImage first = generator->findChild<TableScatter*>()->grab().toImage();
        generator->findChild<SeedEntry*>()->throwDie();
        QVERIFY(!generator->isPreviewSettled());
        QTRY_VERIFY_WITH_TIMEOUT(generator->isPreviewSettled(), 20000);
        QVERIFY(generator->findChild<TableScatter*>()->grab().toImage() != first);
        QSignalSpy spy(&panel, &DataPanel::generatorAccepted);
        QTest::mouseClick(button(*generator, QStringLiteral("Use this data")), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first()[0].toString(), QStringLiteral("moons"));
        QCOMPARE(spy.first()[2].toULongLong(), generator->seed());
    }

    void lockedSeedStays() {
        SeedEntry field;
        field.setSeed(7);
        field.setLocked(true);
        QSignalSpy spy(&field, &SeedEntry::seedChanged);
        field.throwDie();
        QCOMPARE(field.seed(), 7u);
        QCOMPARE(spy.size(), 0);
        field.setLocked(false);
        field.throwDie();
        QCOMPARE(spy.size(), 1);
    }

    void everyGeneratorHasAPicture() {
        GeneratorPanel panel;
        panel.resize(900, 600);
        panel.show();
        for (const auto& info : data::generators()) {
            panel.setGenerator(QString::fromStdString(info.id));
            QTRY_VERIFY_WITH_TIMEOUT(panel.isPreviewSettled(), 20000);
            QVERIFY2(panel.problem().isEmpty(), qPrintable(panel.problem()));
            const auto table = data::generate(info.id, panel.values(), 1);
            QVERIFY(table);
            QVERIFY2(!scatterOf(**table, QString::fromStdString(info.defaultTarget)).points.isEmpty(),
                     info.id.c_str());
            if (!qEnvironmentVariableIsEmpty("ORRERY_PICTURES")) {
                QTest::qWait(60);
                testing::picture(panel, QStringLiteral("generator-%1").arg(QString::fromStdString(info.id)));
            }
        }
    }

    void previewIsCutWhereTheDataAreLarge() {
        const auto* info = data::findGenerator("sparse_linear");
        ParameterValues values{
            {"n", std::int64_t{5'000'000}}, {"p", std::int64_t{100'000}}, {"k", std::int64_t{5000}}};
        QVERIFY(cutToPreview(*info, values));
        QVERIFY(integerValue(values, *findSpec(info->parameters, "n")) <= 2000);
        QVERIFY(integerValue(values, *findSpec(info->parameters, "k")) <=
                integerValue(values, *findSpec(info->parameters, "p")));
        ParameterValues small{{"n", std::int64_t{100}}};
        QVERIFY(!cutToPreview(*info, small));
    }

    void picturesInEveryTheme() {
        DataPanel panel;
        panel.resize(1280, 760);
        panel.show();
        panel.setRecentFiles(
            {touch(QStringLiteral("housing.csv")), m_folder.filePath(QStringLiteral("lecture-3.csv"))});
        panel.setDataset(builtin("iris"));
        panel.setCurrentSource(SourceList::Kind::Builtin, QStringLiteral("iris"));
        panel.setHighlightedRows({3, 4, 7});
        panel.table()->selectRow(5);
        for (const ThemeKind kind : testing::kThemes) {
            const Theme theme = Theme::of(kind);
            applyTheme(&panel, theme);
            panel.showRows();
            QTest::qWait(20);
            const QImage image = testing::picture(panel, QStringLiteral("panel-%1").arg(themeName(kind)));
            QCOMPARE(testing::tokensSeen(image, {theme.surface, theme.line, theme.accent, theme.accentSoft,
                                                 theme.brassSoft, theme.brass}),
                     6);
            panel.showGenerator(QStringLiteral("spirals"));
            QTRY_VERIFY_WITH_TIMEOUT(panel.generatorPanel()->isPreviewSettled(), 20000);
            const QImage made = testing::picture(panel, QStringLiteral("generator-%1").arg(themeName(kind)));
            QCOMPARE(testing::tokensSeen(made, {theme.category(0).color, theme.category(1).color}), 2);
        }
        panel.showRows();
        panel.resize(420, 760);
        QTest::qWait(20);
        QCOMPARE(panel.width(), 420);
        QVERIFY(panel.table()->mapTo(&panel, QPoint()).y() > panel.sources()->mapTo(&panel, QPoint()).y());
        testing::picture(panel, QStringLiteral("panel-narrow"));
    }
};

QTEST_MAIN(TestDataPanel)
#include "tst_data_panel.moc"
