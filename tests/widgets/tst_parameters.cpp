// The form made from specifications: values go round, bad text is refused, sliders leave the wheel alone.
#include "widgets/parameters/controls.h"
#include "widgets/parameters/number_row.h"
#include "widgets/parameters/parameter_form.h"
#include "widgets/parameters/parameter_scale.h"
#include "widgets/parameters/plain_rows.h"
#include "widgets/parameters/slim_slider.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

using namespace orrery;

namespace {

ParameterSpec spec(const char* id, const char* label, ParameterKind kind, ParameterValue value) {
    ParameterSpec s;
    s.id = id;
    s.label = label;
    s.kind = kind;
    s.defaultValue = std::move(value);
    return s;
}

std::vector<ParameterSpec> specs() {
    ParameterSpec solver = spec("solver", "Solver", ParameterKind::Choice, std::string("cd"));
    solver.options = {{"cd", "Coordinate descent"}, {"ista", "Proximal gradient"}};
    ParameterSpec lambda = spec("lambda", "Penalty", ParameterKind::Real, 1.0);
    lambda.symbol = "λ", lambda.minimum = 0.01, lambda.maximum = 100,
    lambda.scale = ParameterScale::Logarithmic;
    lambda.hardMinimum = 0.0;
    ParameterSpec sweeps = spec("sweeps", "Sweeps", ParameterKind::Integer, std::int64_t{100});
    sweeps.minimum = 1, sweeps.maximum = 1000, sweeps.group = "Stopping";
    ParameterSpec step = spec("step", "Step size", ParameterKind::Real, 0.5);
    step.onlyWhen = {"solver", {"ista"}}, step.group = "Gradient";
    return {solver, lambda, spec("std", "Standardise", ParameterKind::Toggle, true),
            sweeps, step,   spec("note", "Note", ParameterKind::Text, std::string("first"))};
}

NumberRow* numberRow(const ParameterForm& form, const char* id) {
    return qobject_cast<NumberRow*>(form.row(QString::fromLatin1(id)));
}

void type(QLineEdit* field, const QString& text) {
    field->setFocus();
    field->selectAll();
    field->insert(text);
    QTest::keyClick(field, Qt::Key_Return);
}

} // namespace

class TestParameters : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void roundTrip();
    void typedBeyondTheSlider();
    void badTextIsRefused();
    void refusalOutlivesARunThatPlays();
    void refusalOfTheWholeStandsAtItsRow();
    void longCountsAreSeenWhole();
    void sliderTellsWhileDragging();
    void wheelIsIgnoredUnlessFocused();
    void onlyWhen();
    void groupsFold();
    void reset();
    void scales();
    void accessible();
};

void TestParameters::roundTrip() {
    ParameterForm form(specs());
    QSignalSpy spy(&form, &ParameterForm::valueChanged);
    const ParameterValues values{
        {"solver", std::string("ista")}, {"lambda", 0.123456789}, {"std", false},
        {"sweeps", std::int64_t{12345}}, {"step", 0.25},          {"note", std::string("é")}};
    form.setValues(values);
    QCOMPARE(spy.count(), 0);
    QVERIFY(form.values() == values);
    // Leaving a field that shows a rounded number does not round the value.
    numberRow(form, "lambda")->field()->setFocus();
    Q_EMIT numberRow(form, "lambda")->field()->editingFinished();
    QVERIFY(form.values() == values);
    QCOMPARE(spy.count(), 0);
    // What does not fit is left out.
    form.setValues({{"solver", std::string("unheard of")}, {"lambda", 2.0}});
    QVERIFY(form.values().at("solver") == ParameterValue(std::string("ista")));
    QVERIFY(form.values().at("lambda") == ParameterValue(2.0));
}

void TestParameters::typedBeyondTheSlider() {
    ParameterForm form(specs());
    QSignalSpy spy(&form, &ParameterForm::valueChanged);
    NumberRow* row = numberRow(form, "lambda");
    type(row->field(), QStringLiteral("2500"));
    QVERIFY(row->value() == ParameterValue(2500.0));
    QCOMPARE(row->slider()->value(), SlimSlider::kPositions);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("lambda"));
    QCOMPARE(spy.at(0).at(2).toBool(), false);
    type(row->field(), QString::fromUtf8("1e−3"));
    QVERIFY(row->value() == ParameterValue(1e-3));
}

void TestParameters::badTextIsRefused() {
    ParameterForm form(specs());
    form.resize(300, 600);
    form.show();
    NumberRow* row = numberRow(form, "lambda");
    QSignalSpy spy(&form, &ParameterForm::valueChanged);
    for (const QString& bad : {QStringLiteral("seven"), QStringLiteral("-1"), QString()}) {
        type(row->field(), bad.isEmpty() ? QStringLiteral(" ") : bad);
        QVERIFY2(row->value() == ParameterValue(1.0), qPrintable(bad));
        QVERIFY(row->error().contains(QStringLiteral("Penalty")));
        QVERIFY(row->field()->styleSheet().contains(Theme::light().failure.name()));
    }
    QCOMPARE(spy.count(), 0);
    const int withError = row->sizeHint().height();
    type(row->field(), QStringLiteral("3"));
    QVERIFY(row->error().isEmpty());
    QVERIFY(row->value() == ParameterValue(3.0));
    QVERIFY(row->sizeHint().height() < withError);
    type(numberRow(form, "sweeps")->field(), QStringLiteral("1.5"));
    QVERIFY(!numberRow(form, "sweeps")->error().isEmpty());
    // Escape takes the text back.
    QTest::keyClick(numberRow(form, "sweeps")->field(), Qt::Key_Escape);
    QVERIFY(numberRow(form, "sweeps")->error().isEmpty());
    QCOMPARE(numberRow(form, "sweeps")->field()->text(), QStringLiteral("100"));
}

// A run that plays moves λ on, many times a second.
void TestParameters::refusalOutlivesARunThatPlays() {
    ParameterForm form(specs());
    form.resize(300, 600);
    form.show();
    QApplication::setActiveWindow(&form);
    NumberRow* row = numberRow(form, "lambda");
    type(row->field(), QStringLiteral("seven"));
    form.setValues({{"lambda", 0.5}});
    QVERIFY(row->error().contains(QStringLiteral("Penalty")));
    QCOMPARE(row->field()->text(), QStringLiteral("seven"));
    QTest::keyClick(row->field(), Qt::Key_Escape);
    QVERIFY(row->error().isEmpty());
    QCOMPARE(row->field()->text(), QStringLiteral("0.5"));
}

// The values were good one by one, what was made of them was not.
void TestParameters::refusalOfTheWholeStandsAtItsRow() {
    ParameterForm form(specs());
    form.resize(300, 600);
    form.show();
    auto* note = qobject_cast<TextRow*>(form.row(QStringLiteral("note")));
    type(note->field(), QStringLiteral("abc"));
    form.refuse(QStringLiteral("Too few"));
    QCOMPARE(note->error(), QStringLiteral("Too few"));
    // Another knob does not mend it: the same sentence stays where it belongs.
    type(numberRow(form, "lambda")->field(), QStringLiteral("3"));
    form.refuse(QStringLiteral("Too few"));
    QCOMPARE(note->error(), QStringLiteral("Too few"));
    QCOMPARE(numberRow(form, "lambda")->error(), QString());
    form.refuse(QStringLiteral("Too large"));
    QCOMPARE(numberRow(form, "lambda")->error(), QStringLiteral("Too large"));
    type(note->field(), QStringLiteral("abcd"));
    QCOMPARE(note->error(), QString());
}

void TestParameters::longCountsAreSeenWhole() {
    ParameterSpec points = spec("n", "Points", ParameterKind::Integer, std::int64_t{10'000'000});
    points.minimum = 10, points.maximum = 1e5, points.hardMaximum = 1e7;
    ParameterForm form({points});
    form.resize(280, 200);
    form.show();
    const QLineEdit* field = numberRow(form, "n")->field();
    QVERIFY(field->width() >= field->fontMetrics().horizontalAdvance(field->text()) + 16);
}

void TestParameters::sliderTellsWhileDragging() {
    ParameterForm form(specs());
    form.resize(300, 600);
    form.show();
    SlimSlider* slider = numberRow(form, "lambda")->slider();
    QSignalSpy spy(&form, &ParameterForm::valueChanged);
    const int y = slider->height() / 2;
    QTest::mousePress(slider, Qt::LeftButton, {}, {slider->width() / 4, y});
    QTest::mouseMove(slider, {slider->width() * 3 / 4, y});
    QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() * 3 / 4, y});
    QVERIFY(spy.count() >= 2);
    QCOMPARE(spy.front().at(2).toBool(), true);
    QCOMPARE(spy.back().at(2).toBool(), false);
    const double value = numberOf(form.values().at("lambda"));
    QVERIFY(value > 5 && value < 20); // three quarters of four decades from 0.01 is 10
    QCOMPARE(numberRow(form, "lambda")->field()->text(), fieldText(numberRow(form, "lambda")->spec(), value));
}

void TestParameters::wheelIsIgnoredUnlessFocused() {
    ParameterForm form(specs());
    form.resize(300, 600);
    form.show();
    QApplication::setActiveWindow(&form);
    NumberRow* row = numberRow(form, "lambda");
    auto* combo = qobject_cast<ChoiceRow*>(form.row(QStringLiteral("solver")))->combo();
    const auto wheel = [](QWidget* widget) {
        const QPointF at = widget->rect().center();
        QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &event);
        return event.isAccepted();
    };
    row->field()->setFocus();
    const int before = row->slider()->value();
    QVERIFY(!wheel(row->slider()));
    QCOMPARE(row->slider()->value(), before);
    wheel(combo);
    QCOMPARE(combo->currentIndex(), 0);
    row->slider()->setFocus();
    wheel(row->slider());
    QVERIFY(row->slider()->value() < before);
    combo->setFocus();
    wheel(combo);
    QCOMPARE(combo->currentIndex(), 1);
}

void TestParameters::onlyWhen() {
    ParameterForm form(specs());
    QVERIFY(form.row(QStringLiteral("step"))->isHidden());
    form.setFolded("Gradient", false);
    QVERIFY(form.row(QStringLiteral("step"))->isHidden());
    auto* combo = qobject_cast<ChoiceRow*>(form.row(QStringLiteral("solver")))->combo();
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QVERIFY(form.values().at("solver") == ParameterValue(std::string("ista")));
    QVERIFY(!form.row(QStringLiteral("step"))->isHidden());
}

void TestParameters::groupsFold() {
    ParameterForm form(specs());
    ParameterRow* sweeps = form.row(QStringLiteral("sweeps"));
    QVERIFY(form.isFolded("Stopping") && sweeps->isHidden());
    form.setFolded("Stopping", false);
    QVERIFY(!sweeps->isHidden());
    // Another range leaves the rows as they are: a slider may be held meanwhile.
    std::vector<ParameterSpec> others = specs();
    for (ParameterSpec& spec : others)
        if (spec.id == "sweeps") spec.maximum = 2000;
    form.setSpecs(others);
    QCOMPARE(form.row(QStringLiteral("sweeps")), sweeps);
    QCOMPARE(sweeps->spec().maximum, 2000.0);
    QVERIFY(!sweeps->isHidden());
}

void TestParameters::reset() {
    ParameterForm form(specs());
    const std::unique_ptr<LinkButton> link(form.makeResetLink());
    QVERIFY(!link->isEnabled());
    auto* toggle = qobject_cast<ToggleRow*>(form.row(QStringLiteral("std")))->toggle();
    QTest::mouseClick(toggle, Qt::LeftButton);
    QVERIFY(form.values().at("std") == ParameterValue(false));
    QVERIFY(link->isEnabled());
    QSignalSpy spy(&form, &ParameterForm::valueChanged);
    link->click();
    QCOMPARE(spy.count(), 1);
    QVERIFY(form.isAtDefaults());
    QVERIFY(!link->isEnabled());
}

void TestParameters::scales() {
    for (const ParameterSpec& s : specs()) {
        if (s.kind != ParameterKind::Real && s.kind != ParameterKind::Integer) continue;
        double last = -1e300;
        for (int p = 0; p <= 1000; ++p) {
            const double x = numberAt(s, p, 1000);
            QVERIFY(x >= last && x >= s.minimum && x <= s.maximum);
            QVERIFY(std::abs(positionOf(s, x, 1000) - p) <= 2);
            const ParameterValue value = valueOfNumber(s, x);
            // What the slider makes the field shows in full, and it reads back.
            QVERIFY(parseParameter(s, fieldText(s, value).toStdString()) == Expected<ParameterValue>(value));
            last = x;
        }
    }
}

void TestParameters::accessible() {
    ParameterForm form(specs());
    for (QWidget* widget : form.findChildren<QWidget*>())
        if (widget->focusPolicy() != Qt::NoFocus)
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
}

QTEST_MAIN(TestParameters)
#include "tst_parameters.moc"
