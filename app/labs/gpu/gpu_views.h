// The pictures of the GPU lab and the links between them: a layer that is pointed at in one is marked in all.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/gpu/batch_queue.h"
#include "app/labs/gpu/gpu_parameters.h"
#include "app/labs/gpu/gpu_pictures.h"
#include "app/labs/gpu/views/run_bar.h"

#include <QObject>
#include <QPointer>

namespace orrery::panel {
class AnswerView;
class BandwidthStrip;
class BatchView;
class FigureTable;
class LayerStrip;
class RooflineView;
class QueueView;
class ThroughputView;
class TimelineView;
struct QueuePicture;
class TricksView;
} // namespace orrery::panel

namespace orrery {

class GpuViews final : public QObject {
    Q_OBJECT
  public:
    explicit GpuViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const GpuKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;

    void showMoment(const runner::RunMoment& moment, const panel::Comparison& beside);
    void showStatus(const panel::RunStatus& status);
    void showKnobs(const GpuKnobs& knobs);
    void showQueue(panel::QueuePicture picture);
    void hoverLayer(int layer);
    void chooseLayer(int layer);
    /// The layer that was chosen, else the one that takes most of the time; −1: none.
    [[nodiscard]] int layerInQuestion() const;
    [[nodiscard]] std::vector<QueueResult> queue() const; ///< what the queue would do, over arrival rates
    [[nodiscard]] const panel::RooflinePicture& roofline() const { return m_roofline; }

  Q_SIGNALS:
    void layerChosen();
    void otherCardsAsked(); ///< arrangement() answers otherwise than before
    void batchChosen(qint64 batch);
    void loadChosen(double share);
    void pictureAsked(const QImage& picture);
    void weightsGiven(const QString& path);
    void refused(const QString& sentence);
    void startRequested();
    void stopRequested();
    void restartRequested();
    void saveRequested();

  private:
    QWidget* underBar(std::initializer_list<QWidget*> parts);
    void link();
    void showLayers();
    [[nodiscard]] QString layersInWords() const;
    void showSources(const runner::RunMoment& moment);

    QPointer<panel::RooflineView> m_roof;
    QPointer<panel::BandwidthStrip> m_strip;
    QPointer<panel::LayerStrip> m_blocks;
    QPointer<panel::FigureTable> m_layers, m_sources;
    QPointer<panel::BatchView> m_speed, m_latency;
    QPointer<panel::TricksView> m_tricks, m_gains, m_padding; ///< in small, in large
    QPointer<panel::TimelineView> m_timeline;
    QPointer<panel::QueueView> m_queue;
    QPointer<panel::AnswerView> m_answers;
    QPointer<panel::ThroughputView> m_track;
    std::vector<QPointer<panel::RunBar>> m_bars;
    panel::RooflinePicture m_roofline;
    int m_chosen = -1;
    ViewShelf m_shelf;
};

} // namespace orrery
